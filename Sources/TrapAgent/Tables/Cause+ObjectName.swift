internal import TrapLedger

extension Cause {
  /// The cause's object in TRAPLINE-MIB. Spelled out, because SMIv2 asks for names of 32 characters at most, and
  /// because a new cause must not compile until it has one.
  internal var objectName: String {
    switch self {
    case .kernelDrop: "traplineRefusedKernelDrop"
    case .truncated: "traplineRefusedTruncated"
    case .malformed: "traplineRefusedMalformed"
    case .unsupportedVersion: "traplineRefusedVersion"
    case .notANotification: "traplineRefusedNotANotification"
    case .community: "traplineRefusedCommunity"
    case .v3Unsupported: "traplineRefusedV3Unsupported"
    case .batchBound: "traplineRefusedBatchBound"
    case .refusedCrash: "traplineRefusedCrash"
    case .unknownUser: "traplineRefusedUnknownUser"
    case .unsupportedLevel: "traplineRefusedUnsupportedLevel"
    case .wrongDigest: "traplineRefusedWrongDigest"
    case .notInTimeWindow: "traplineRefusedNotInTimeWindow"
    case .decryptionError: "traplineRefusedDecryptionError"
    case .unknownEngineID: "traplineRefusedUnknownEngineID"
    case .minimumLevel: "traplineRefusedMinimumLevel"
    case .repeated: "traplineRefusedRepeat"
    case .sourceDenied: "traplineRefusedSourceDenied"
    case .discoveryLimit: "traplineRefusedDiscoveryLimit"
    case .informHighWater: "traplineRefusedInformHighWater"
    case .informPending: "traplineRefusedInformPending"
    case .noRoute: "traplineUnroutedNoRoute"
    case .metadataRefused: "traplineUnroutedMetadataRefused"
    case .holdTimeout: "traplineUnroutedHoldTimeout"
    case .holdBound: "traplineUnroutedHoldBound"
    case .unroutedStopped: "traplineUnroutedStopped"
    case .unroutedCrash: "traplineUnroutedCrash"
    case .noEngine: "traplineUnroutedNoEngine"
    case .bound: "traplineMissedBound"
    case .deadLetter: "traplineMissedDeadLetter"
    case .engineRemoved: "traplineMissedEngineRemoved"
    case .missedStopped: "traplineMissedStopped"
    case .missedCrash: "traplineMissedCrash"
    }
  }
}
