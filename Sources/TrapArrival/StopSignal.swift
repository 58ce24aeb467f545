internal import CTrapSystem
internal import Glibc

/// Ends the waits of all lanes of a listener, once and for good: an `eventfd` that is written and never read.
internal final class StopSignal: Sendable {
  private let event: OwnedSocket
  var descriptor: CInt { event.descriptor }

  static func make() throws(ArrivalError) -> StopSignal {
    let descriptor = trap_eventfd()
    guard descriptor >= 0 else { throw .system(operation: "eventfd", address: "listener", code: -descriptor) }
    return StopSignal(descriptor)
  }

  private init(_ descriptor: CInt) { event = OwnedSocket(descriptor) }

  func raise() {
    var one: UInt64 = 1
    let written = unsafe write(descriptor, &one, 8)
    precondition(written == 8, "an eventfd took \(written) octets: \(errno)")
  }

  var isRaised: Bool { trap_wait_readable(-1, descriptor, 0) > 0 }
}
