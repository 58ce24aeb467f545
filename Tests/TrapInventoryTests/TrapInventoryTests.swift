import Testing

@testable import TrapInventory
