internal import Synchronization

/// New access rules on their way to Net-SNMP's thread; of several the last.
internal final class AccessOrders: Sendable {
  private let waiting = Mutex<AgentAccess?>(nil)

  internal func put(_ access: AgentAccess) { waiting.withLock { $0 = access } }

  internal func take() -> AgentAccess? { waiting.withLock { $0.take() } }
}
