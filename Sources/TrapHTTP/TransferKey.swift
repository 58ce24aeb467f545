/// Names a transfer by its easy handle's address.
internal struct TransferKey: Hashable { let address: UInt }
