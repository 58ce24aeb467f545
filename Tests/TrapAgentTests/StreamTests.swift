import Foundation
import SNMPWire
import Testing
import TrapBatching

@testable import TrapAgent

/// Each test has a process of its own, because Net-SNMP starts once in a process.
@Suite("SNMP over TCP")
struct StreamTests {
  @Test("a v2c trap of snmptrap arrives whole, with its peer", arguments: ["tcp:127.0.0.1", "tcp:[::]"])
  func snmptrap(transport: String) async throws {
    await #expect(processExitsWith: .success) { [transport = transport as String] in
      let bench = try StreamBench(transport)
      let sent = try Tool.run(
        "snmptrap",
        [
          "-v", "2c", "-c", "s3cret", "-m", "", "tcp:127.0.0.1:\(bench.port)", "4711", "1.3.6.1.6.3.1.1.5.3",
          "1.3.6.1.2.1.2.2.1.1.7", "i", "7",
        ], in: bench.directory)
      #expect(sent.status == 0, "\(sent)")
      let arrival = try #require(bench.next())
      let peek = try TrapPeek.read(arrival.octets.span)
      #expect(arrival.octets[peek.community] == Array("s3cret".utf8)[...])
      #expect(peek.pdu.upperBound == arrival.octets.count)
      #expect(arrival.facts.source == SourceAddress("127.0.0.1") && arrival.facts.local == arrival.facts.source)
      #expect(arrival.facts.listener == 3 && arrival.facts.port != 0 && !arrival.isSecured)
      if transport == "tcp:[::]" {
        let six = try Tool.run(
          "snmptrap",
          ["-v", "2c", "-c", "public", "-m", "", "tcp6:[::1]:\(bench.port)", "1", "1.3.6.1.6.3.1.1.5.3"],
          in: bench.directory)
        #expect(six.status == 0, "\(six)")
        #expect(bench.next()?.facts.source == SourceAddress("::1"))
      }
      bench.stop()
    }
  }

  @Test("three messages in one segment, and one over three segments, are four messages")
  func segments() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench()
      let client = try StreamClient(port: bench.port)
      let messages = (1...3).map { SampleMessage.notification($0) }
      client.send(messages.flatMap { $0 })
      for message in messages { #expect(bench.next()?.octets == message) }
      let long = SampleMessage.notification(4, filler: 40_000)
      // Within the header, and within the content.
      for part in [long[..<3], long[3..<20_000], long[20_000...]] {
        client.send(Array(part))
        bench.turn()
      }
      #expect(bench.next()?.octets == long)
      #expect(bench.reaches { $0.buffered < 10_000 })
      #expect(bench.listener.statistics.messages == 4)
      bench.stop()
    }
  }

  @Test(
    "what is no message, and one above 65,535 octets, closes its connection and is counted",
    arguments: [
      [0x31, 3, 2, 1, 0], [0x30, 0x80, 2, 1], [0x30, 0x83, 1, 0, 0, 2], [0x30, 0x82, 0xff, 0xfc, 2],
    ] as [[UInt8]])
  func malformed(octets: [UInt8]) async throws {
    await #expect(processExitsWith: .success) { [octets = octets as [UInt8]] in
      let bench = try StreamBench()
      let client = try StreamClient(port: bench.port)
      client.send(SampleMessage.notification(1) + octets)
      #expect(bench.next()?.octets == SampleMessage.notification(1))
      #expect(client.receive() == [])
      let statistics = bench.listener.statistics
      #expect(statistics.malformed == 1 && statistics.open == 0 && statistics.lastError != nil, "\(statistics)")
      #expect(bench.refused.count == 1)
      bench.stop()
    }
  }

  @Test("the largest message that is taken has 65,535 octets")
  func largest() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench()
      let small = SampleMessage.notification(1, filler: 65_000)
      let message = SampleMessage.notification(1, filler: 65_000 + 65_535 - small.count)
      #expect(message.count == 65_535)
      let client = try StreamClient(port: bench.port)
      client.send(message)
      #expect(bench.next()?.octets == message)
      bench.stop()
    }
  }

  @Test("a connection without messages is closed after its idle time, octets of an unfinished one or not")
  func idle() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench { $0.idle = 1_000_000_000 }
      let silent = try StreamClient(port: bench.port)
      let slow = try StreamClient(port: bench.port)
      slow.send([0x30, 0x20])
      #expect(silent.receive() == [])
      #expect(slow.receive() == [])
      #expect(bench.reaches { $0.idleClosed == 2 && $0.open == 0 && $0.buffered == 0 })
      bench.stop()
    }
  }

  @Test("connections above the limits are refused and counted; one that ends makes room")
  func limits() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench {
        $0.connections = 3
        $0.connectionsPerSource = 2
      }
      var clients = try [StreamClient(port: bench.port), StreamClient(port: bench.port)]
      #expect(bench.reaches { $0.open == 2 })
      #expect(try StreamClient(port: bench.port).receive() == [])
      #expect(bench.reaches { $0.refusedBySourceLimit == 1 })
      clients.removeFirst()
      #expect(bench.reaches { $0.open == 1 })
      clients.append(try StreamClient(port: bench.port))
      clients[1].send(SampleMessage.notification(9))
      #expect(bench.next()?.octets == SampleMessage.notification(9))
      bench.stop()
    }
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench { $0.connections = 1 }
      let first = try StreamClient(port: bench.port)
      #expect(bench.reaches { $0.open == 1 })
      #expect(try StreamClient(port: bench.port).receive() == [])
      #expect(bench.reaches { $0.refusedByLimit == 1 })
      first.send(SampleMessage.notification(1))
      #expect(bench.next() != nil)
      bench.stop()
    }
  }

  @Test("unfinished messages above the listener's bound close the connection that goes over it")
  func buffered() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench { $0.buffered = 40_000 }
      let long = SampleMessage.notification(1, filler: 60_000)
      let client = try StreamClient(port: bench.port)
      client.send(Array(long.dropLast()))
      #expect(client.receive() == [])
      #expect(bench.reaches { $0.overBuffer == 1 && $0.open == 0 && $0.buffered == 0 })
      bench.stop()
    }
  }

  @Test("an inform is answered on its own connection; without the connection the answer is dropped and counted")
  func inform() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench()
      let inform = SampleMessage.notification(77, tag: BERTag.inform)
      let response = SampleMessage.notification(77, tag: BERTag.response)
      var client: StreamClient? = try StreamClient(port: bench.port)
      let other = try StreamClient(port: bench.port)
      other.send(SampleMessage.notification(1))
      #expect(bench.next() != nil)
      client?.send(inform)
      let arrival = try #require(bench.next())
      #expect(bench.listener.send(Answer(facts: arrival.facts, octets: response)))
      #expect(client?.receive() == response)
      client = nil
      #expect(bench.reaches { $0.open == 1 })
      #expect(bench.listener.send(Answer(facts: arrival.facts, octets: response)))
      #expect(bench.reaches { $0.answersSent == 1 && $0.answersDropped == 1 })
      bench.stop()
      #expect(!bench.listener.send(Answer(facts: arrival.facts, octets: response)))
    }
  }

  @Test("an address in use is an error that names the listener")
  func addressInUse() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench()
      let settings = StreamSettings(
        name: "second", number: 4, address: try #require(StreamAddress("tcp:127.0.0.1:\(bench.port)")))
      #expect(throws: AgentError.self) { try bench.open(StreamListener(settings) { _, _, _ in }) }
      bench.stop()
    }
  }

  @Test("one peer's flood leaves room for another's message in the same moment")
  func fairness() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench()
      let flooder = try StreamClient(port: bench.port)
      let other = try StreamClient(port: bench.port)
      flooder.send((0..<4000).flatMap { SampleMessage.notification(Int64($0)) })
      other.send(SampleMessage.notification(9999, filler: 10))
      var before = 0
      while let arrival = bench.next(), arrival.octets != SampleMessage.notification(9999, filler: 10) { before += 1 }
      #expect(before < 4000)
      for _ in before..<4000 { #expect(bench.next() != nil) }
      bench.stop()
    }
  }

  @Test("answers to a peer that does not read are dropped at the bound, and delay nobody")
  func deaf() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench { $0.unsent = 100_000 }
      let deaf = try StreamClient(port: bench.port)
      deaf.send(SampleMessage.notification(1, tag: BERTag.inform))
      let facts = try #require(bench.next()).facts
      let answer = Answer(facts: facts, octets: SampleMessage.notification(1, tag: BERTag.response, filler: 60_000))
      // The sockets' own buffers take some megabytes.
      for _ in 0..<2000 {
        while !bench.listener.send(answer) { bench.turn() }
        if bench.listener.statistics.answersDropped > 0 { break }
      }
      #expect(bench.reaches { $0.answersDropped > 0 && $0.open == 1 && $0.buffered < 400_000 })
      let other = try StreamClient(port: bench.port)
      other.send(SampleMessage.notification(2))
      #expect(bench.next()?.octets == SampleMessage.notification(2))
      bench.stop()
    }
  }

  @Test("what the kernel has of a peer when the listener closes is read first; a closed listener answers nobody")
  func closing() async throws {
    await #expect(processExitsWith: .success) {
      let bench = try StreamBench()
      let client = try StreamClient(port: bench.port)
      #expect(bench.reaches { $0.open == 1 })
      client.send((0..<500).flatMap { SampleMessage.notification(Int64($0)) })
      bench.close()
      for number in 0..<500 { #expect(bench.next()?.octets == SampleMessage.notification(Int64(number))) }
      #expect(client.receive() == [] && bench.listener.statistics.open == 0)
      #expect(throws: StreamClient.Refused.self) { _ = try StreamClient(port: bench.port) }
      bench.stop()
    }
  }
}
