import Foundation
import Synchronization
import TrapBatching

@testable import TrapEngines

/// A UDP receiver in this process that answers as its script says, until `end()`.
final class ForwardReceiver: Sendable {
  typealias Script = @Sendable (_ number: Int, _ datagram: [UInt8]) -> [[UInt8]]

  let port: UInt16
  private let raw: CInt
  private let wake: WakePipe
  private let seen = Mutex<[[UInt8]]>([])
  private let arrived = NSCondition()
  private let isEnding = Atomic<Bool>(false)
  private let thread: Mutex<StageThread?> = Mutex(nil)

  init(_ script: @escaping Script = { _, _ in [] }) throws {
    raw = socket(AF_INET, CInt(SOCK_DGRAM.rawValue), 0)
    port = ForwardReceiver.bind(raw)
    wake = try WakePipe()
    let started = try StageThread(name: "receiver") { [self] in run(script) }
    thread.withLock { $0 = started }
  }

  /// A port of this machine that nobody listens on.
  static func vacantPort() -> UInt16 {
    let raw = socket(AF_INET, CInt(SOCK_DGRAM.rawValue), 0)
    defer { close(raw) }
    return bind(raw)
  }

  /// The first datagrams that came, as soon as there are so many; fewer where they do not come.
  func datagrams(_ count: Int) -> [[UInt8]] {
    let limit = Date(timeIntervalSinceNow: 600)
    arrived.lock()
    defer { arrived.unlock() }
    while all.count < count, arrived.wait(until: limit) {}
    return all
  }

  var all: [[UInt8]] { seen.withLock { $0 } }

  /// Closes the port; whatever is sent before is in `all` after this.
  func end() {
    isEnding.store(true, ordering: .releasing)
    wake.wake()
    thread.withLock { $0.take() }?.join()
    close(raw)
  }

  private func run(_ script: Script) {
    var room = [UInt8](repeating: 0, count: 65_535)
    while true {
      var list = [
        pollfd(fd: raw, events: Int16(POLLIN), revents: 0), pollfd(fd: wake.raw, events: Int16(POLLIN), revents: 0),
      ]
      Poll.wait(&list, milliseconds: 600_000)
      var from = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let count = unsafe withUnsafeMutablePointer(to: &from) { from in
        unsafe from.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe recvfrom(raw, &room, room.count, CInt(MSG_DONTWAIT), $0, &size)
        }
      }
      guard count >= 0 else {
        if isEnding.load(ordering: .acquiring) { return }
        continue
      }
      let datagram = Array(room.prefix(count))
      let number = seen.withLock { seen in
        seen.append(datagram)
        return seen.count
      }
      for answer in script(number, datagram) { send(answer, to: from) }
      arrived.lock()
      arrived.broadcast()
      arrived.unlock()
    }
  }

  private func send(_ octets: [UInt8], to address: sockaddr_in) {
    var address = address
    _ = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe sendto(raw, octets, octets.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private static func bind(_ raw: CInt) -> UInt16 {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &name) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = unsafe Foundation.bind(raw, $0, size)
        unsafe getsockname(raw, $0, &size)
      }
    }
    return UInt16(bigEndian: name.sin_port)
  }
}
