internal import Synchronization

/// The counters of RFC 3414 §5 (usmStats), for the agent and for reports. From any thread.
package final class USMStatistics: Sendable {
  package enum Counter: Int, CaseIterable, Sendable {
    case unsupportedSecLevels = 1
    case notInTimeWindows = 2
    case unknownUserNames = 3
    case unknownEngineIDs = 4
    case wrongDigests = 5
    case decryptionErrors = 6
  }

  private let unsupportedSecLevels = Atomic<UInt32>(0)
  private let notInTimeWindows = Atomic<UInt32>(0)
  private let unknownUserNames = Atomic<UInt32>(0)
  private let unknownEngineIDs = Atomic<UInt32>(0)
  private let wrongDigests = Atomic<UInt32>(0)
  private let decryptionErrors = Atomic<UInt32>(0)

  package init() {}

  /// Returns the new value, which a report carries.
  @discardableResult
  package func add(_ counter: Counter) -> UInt32 {
    switch counter {
    case .unsupportedSecLevels: unsupportedSecLevels.wrappingAdd(1, ordering: .relaxed).newValue
    case .notInTimeWindows: notInTimeWindows.wrappingAdd(1, ordering: .relaxed).newValue
    case .unknownUserNames: unknownUserNames.wrappingAdd(1, ordering: .relaxed).newValue
    case .unknownEngineIDs: unknownEngineIDs.wrappingAdd(1, ordering: .relaxed).newValue
    case .wrongDigests: wrongDigests.wrappingAdd(1, ordering: .relaxed).newValue
    case .decryptionErrors: decryptionErrors.wrappingAdd(1, ordering: .relaxed).newValue
    }
  }

  package subscript(_ counter: Counter) -> UInt32 {
    switch counter {
    case .unsupportedSecLevels: unsupportedSecLevels.load(ordering: .relaxed)
    case .notInTimeWindows: notInTimeWindows.load(ordering: .relaxed)
    case .unknownUserNames: unknownUserNames.load(ordering: .relaxed)
    case .unknownEngineIDs: unknownEngineIDs.load(ordering: .relaxed)
    case .wrongDigests: wrongDigests.load(ordering: .relaxed)
    case .decryptionErrors: decryptionErrors.load(ordering: .relaxed)
    }
  }
}
