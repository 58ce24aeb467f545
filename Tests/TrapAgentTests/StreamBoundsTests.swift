import Foundation
import Glibc
import Logging
import SNMPWire
import Testing
import TrapBatching

@testable import TrapAgent

/// Each test has a process of its own, because Net-SNMP starts once in a process.
@Suite("What connections may take")
struct StreamBoundsTests {
  @Test("whole messages that waited for their turn go on where their connection is closed at a bound")
  func overrun() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench { $0.buffered = 4000 }
      let client = try StreamClient(port: bench.port)
      client.send((0..<400).flatMap { SampleMessage.notification(Int64($0)) })
      #expect(client.receive() == [])
      #expect(bench.reaches { $0.overBuffer == 1 && $0.open == 0 && $0.buffered == 0 })
      // The first turn alone hands on 64.
      for number in 0..<100 { #expect(bench.next()?.octets == SampleMessage.notification(Int64(number))) }
      bench.stop()
    }
  }

  @Test("a message that never became whole is refused when its connection is closed, and its peer is named")
  func unfinished() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench { $0.idle = 1_000_000_000 }
      let client = try StreamClient(port: bench.port)
      client.send([0x30, 0x20])
      #expect(client.receive() == [])
      #expect(bench.reaches { $0.malformed == 1 && $0.idleClosed == 1 && $0.open == 0 })
      #expect(bench.refused.count == 1 && bench.listener.statistics.lastError?.contains("after 2 octets") == true)
      bench.stop()
    }
  }

  @Test("above the bound of handshakes the oldest makes room, and who is done keeps its connection")
  func handshakes() async throws {
    await #expect(processExitsWith: .success) {
      let files = try TLSFiles()
      let bench = try StreamBench("tlstcp:127.0.0.1", identity: files.identity(), directory: files.directory) {
        $0.handshakes = 2
        $0.handshake = 600_000_000_000
      }
      let device = try TLSClient(port: bench.port, files, certificate: "device")
      device.send(SampleMessage.notification(1))
      #expect(bench.next() != nil)
      let silent = try (0..<5).map { _ in try StreamClient(port: bench.port) }
      for client in silent[..<3] { #expect(client.receive() == []) }
      #expect(bench.reaches { $0.failedHandshakes == 3 && $0.open == 3 })
      device.send(SampleMessage.notification(2))
      #expect(bench.next()?.octets == SampleMessage.notification(2))
      device.end()
      bench.stop()
    }
  }

  @Test("a connection that there is no descriptor for waits until there is one, and the lack is told")
  func descriptors() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench()
      let lowest = dup(0)
      close(lowest)
      var limit = rlimit()
      unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      let before = limit.rlim_cur
      limit.rlim_cur = rlim_t(lowest + 1)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      let client = try StreamClient(port: bench.port)
      #expect(bench.reaches { $0.lastError != nil && $0.accepted == 0 })
      limit.rlim_cur = before
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      client.send(SampleMessage.notification(1))
      #expect(bench.next()?.octets == SampleMessage.notification(1))
      bench.stop()
    }
  }

  @Test("datagrams that the kernel had no room for while the thread was busy are counted")
  func drops() async throws {
    await #expect(processExitsWith: .success) {
      let files = try TLSFiles()
      let bench = try StreamBench("dtlsudp:127.0.0.1", identity: files.identity(), directory: files.directory)
      bench.whileBusy { for _ in 0..<20_000 { try? Discovery.throwAway(port: bench.port) } }
      #expect(bench.reaches { $0.kernelDrops > 0 && $0.kernelDrops < 40_000 })
      #expect(bench.listener.statistics.accepted == 0)
      bench.stop()
    }
  }

  /// A peer that only comes and goes.
  final class Guest: StreamPeer {
    let isReady = true
    let lastHeard: UInt64 = 0
    let pinned = 0
    let port: StreamPort
    let ends: StreamEnds

    init(_ port: StreamPort, _ ends: StreamEnds) {
      (self.port, self.ends) = (port, ends)
      port.enrol(self, ends)
    }

    func send(_ message: [UInt8]) -> Bool { false }
    func close() { port.leave(self, ends) }
    func tick() {}
  }

  @Test("a peer that comes again by the same port before its end was seen counts once")
  func returning() async throws {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      NetSNMPLibrary.prepareEnvironment()
      NetSNMPLibrary.startWithoutAgent(stateDirectory: directory.path)
      NetSNMPLibrary.initialize()
      let log = Logger(label: "streams")
      let wakeup = try #require(AgentWakeup())
      let hub = try #require(StreamHub(log: log, wakeup: wakeup))
      let source = try #require(SourceAddress("127.0.0.1"))
      let address = try #require(StreamAddress("tcp:127.0.0.1:\(LoopbackPort.free())"))
      var settings = StreamSettings(name: "stream", number: 1, address: address)
      settings.limits.connectionsPerSource = 2
      let listener = StreamListener(settings) { _, _, _ in }
      let port = try StreamPort.open(listener, hub: hub, log: log)
      let ends = StreamEnds(source: source, port: 1024, local: source)
      let first = Guest(port, ends)
      let second = Guest(port, ends)
      #expect(listener.statistics.open == 1 && port.admits(ends))
      first.close()
      #expect(port.peer(ends) === second)
      second.close()
      _ = Guest(port, ends)
      #expect(port.admits(ends) && listener.statistics.open == 1)
      port.closeAll()
    }
  }
}
