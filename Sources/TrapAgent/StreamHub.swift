internal import CNetSNMP
internal import Glibc
internal import Logging

/// Stub.
internal final class StreamHub: @unchecked Sendable {
  internal let descriptor: CInt
  internal var hasMore = false
  internal init?(log: Logger) {
    descriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { return nil }
  }
  internal func open(_ listener: StreamListener) throws(AgentError) {}
  internal func close(_ listener: StreamListener) {}
  internal func turn(now: UInt64) {}
  internal func closeAll() {}
}
