import Foundation
import SNMPWire
import Testing
import TrapBatching

@testable import TrapAgent

/// Each test has a process of its own, because Net-SNMP starts once in a process.
@Suite("SNMP over TLS and DTLS")
struct TLSTests {
  @Test("files that no listener can open with are told of, with OpenSSL's reason")
  func mistake() throws {
    let files = try TLSFiles()
    var identity = try files.identity()
    #expect(identity.mistake == nil)
    identity.key = files.path("device.key")
    #expect(identity.mistake?.contains("key values mismatch") == true, "\(identity.mistake ?? "none")")
    identity.certificate = files.path("obsolete.cnf")
    #expect(identity.mistake?.contains("no start line") == true, "\(identity.mistake ?? "none")")
  }

  @Test(
    "a trap of snmptrap comes with the name that its certificate gives",
    arguments: [
      "tlstcp device Router 7", "dtlsudp device Router 7", "tlstcp pinned noc", "dtlsudp pinned noc",
    ])
  func snmptrap(story: String) async throws {
    await #expect(processExitsWith: .success) { [story = story as String] in
      let words = story.split(separator: " ", maxSplits: 2).map(String.init)
      let files = try TLSFiles()
      try files.installForTools(["device", "pinned", "server"])
      let identity = try files.identity(allowsObsoleteVersions: words[0] == "tlstcp")
      let bench = try StreamBench("\(words[0]):127.0.0.1", identity: identity, directory: files.directory)
      let sent = try Tool.run(
        "snmptrap",
        [
          "-v", "3", "--defSecurityModel=tsm", "-l", "authPriv", "-u", "whoever", "-e", "0x8000000001020304", "-m", "",
          "-T", "our_identity=\(words[1])", "-T", "their_identity=server", "\(words[0]):127.0.0.1:\(bench.port)",
          "4711", "1.3.6.1.6.3.1.1.5.3", "1.3.6.1.2.1.2.2.1.1.7", "i", "7",
        ], in: files.directory, environment: files.obsolete)
      #expect(sent.status == 0, "\(sent)")
      let arrival = try #require(bench.next(), "\(bench.listener.statistics) \(sent)")
      #expect(arrival.isSecured && arrival.facts.source == SourceAddress("127.0.0.1") && arrival.facts.port != 0)
      #expect(arrival.facts.local == SourceAddress("127.0.0.1"))
      let name = Array(words[2].utf8)
      let normalized: [UInt8] = [4, UInt8(name.count)] + name + [4, 0, 4, 0, 0x30]
      #expect(arrival.octets.indices.contains { arrival.octets[$0...].starts(with: normalized) }, "\(arrival.octets)")
      bench.stop()
    }
  }

  @Test(
    "a peer is refused in the handshake and named, with the reason",
    arguments: ["stranger not verified", "none did not return a certificate", "old not valid: certificate has expired"])
  func refused(story: String) async throws {
    await #expect(processExitsWith: .success) { [story = story as String] in
      let words = story.split(separator: " ", maxSplits: 1).map(String.init)
      let files = try TLSFiles()
      let bench = try StreamBench("tlstcp:127.0.0.1", identity: files.identity(), directory: files.directory)
      for options in [["-tls1_2"], ["-tls1_3"]] {
        let client = try TLSClient(
          port: bench.port, files, certificate: words[0] == "none" ? nil : words[0], options: options)
        client.send(SampleMessage.notification(1))
        #expect(client.receive() == [])
        client.end()
      }
      #expect(bench.reaches { $0.failedHandshakes == 2 && $0.open == 0 })
      let statistics = bench.listener.statistics
      #expect(statistics.messages == 0 && statistics.lastError?.contains(words[1]) == true, "\(statistics)")
      bench.stop()
    }
  }

  @Test("silent clients, and one that greets octet by octet, delay nobody and are closed in time")
  func silent() async throws {
    await #expect(processExitsWith: .success) {
      let files = try TLSFiles()
      let bench = try StreamBench("tlstcp:127.0.0.1", identity: files.identity(), directory: files.directory) {
        $0.handshake = 10_000_000_000
      }
      let silent = try (0..<8).map { _ in try StreamClient(port: bench.port) }
      silent[0].send([0x16])
      let device = try TLSClient(port: bench.port, files, certificate: "device")
      device.send(SampleMessage.notification(5))
      #expect(bench.next()?.octets == SampleMessage.notification(5))
      #expect(bench.listener.statistics.failedHandshakes == 0)
      for client in silent { #expect(client.receive() == []) }
      #expect(bench.reaches { $0.failedHandshakes == 8 && $0.open == 1 })
      device.end()
      bench.stop()
    }
  }

  @Test("a message of more than one TLS record arrives whole, and an answer goes back by its connection")
  func answered() async throws {
    await #expect(processExitsWith: .success) {
      let files = try TLSFiles()
      let bench = try StreamBench("tlstcp:127.0.0.1", identity: files.identity(), directory: files.directory)
      let device = try TLSClient(port: bench.port, files, certificate: "device")
      let long = SampleMessage.notification(4, tag: BERTag.inform, filler: 60_000)
      device.send(long)
      let arrival = try #require(bench.next())
      // A community's message is judged by its community, as without TLS.
      #expect(arrival.octets == long && !arrival.isSecured)
      let response = SampleMessage.notification(4, tag: BERTag.response)
      #expect(bench.listener.send(Answer(facts: arrival.facts, octets: response)))
      #expect(device.receive() == response)
      device.end()
      #expect(bench.reaches { $0.open == 0 && $0.answersSent == 1 })
      bench.stop()
    }
  }

  @Test("a v3 inform of snmpinform is answered over its transport", arguments: ["tlstcp", "dtlsudp"])
  func inform(transport: String) async throws {
    await #expect(processExitsWith: .success) { [transport = transport as String] in
      let files = try TLSFiles()
      try files.installForTools(["device", "server"])
      let identity = try files.identity(allowsObsoleteVersions: transport == "tlstcp")
      let bench = try StreamBench("\(transport):127.0.0.1", identity: identity, directory: files.directory)
      let answering = Thread {
        while let arrival = bench.next() {
          guard let response = TSMEnvelope.response(to: arrival.octets.span) else { continue }
          _ = bench.listener.send(Answer(facts: arrival.facts, octets: response))
          return
        }
      }
      answering.start()
      let sent = try Tool.run(
        "snmpinform",
        [
          "-v", "3", "--defSecurityModel=tsm", "-l", "authPriv", "-u", "whoever", "-e", "0x8000000001020304", "-m", "",
          "-t", "4", "-r", "0", "-T", "our_identity=device", "-T", "their_identity=server",
          "\(transport):127.0.0.1:\(bench.port)", "4711", "1.3.6.1.6.3.1.1.5.3",
        ], in: files.directory, environment: files.obsolete)
      #expect(sent.status == 0, "\(sent) \(bench.listener.statistics)")
      bench.stop()
    }
  }

  @Test("datagrams that are no greeting, and greetings without the cookie, leave nothing behind")
  func forged() async throws {
    await #expect(processExitsWith: .success) {
      let files = try TLSFiles()
      let bench = try StreamBench("dtlsudp:127.0.0.1", identity: files.identity(), directory: files.directory)
      for _ in 0..<200 { try Discovery.throwAway(port: bench.port) }
      #expect(bench.reaches { $0.accepted == 0 && $0.open == 0 })
      bench.stop()
    }
  }

  @Test("a device that comes back by the same port is greeted anew; DTLS peers are limited and time out as others")
  func returning() async throws {
    await #expect(processExitsWith: .success) {
      let files = try TLSFiles()
      let bench = try StreamBench("dtlsudp:127.0.0.1", identity: files.identity(), directory: files.directory) {
        $0.connectionsPerSource = 2
      }
      let own = ["-dtls1_2", "-bind", "127.0.0.1:\(LoopbackPort.free())"]
      for number in 1...2 {
        let device = try TLSClient(port: bench.port, files, certificate: "device", options: own)
        device.send(SampleMessage.notification(Int64(number)))
        #expect(bench.next()?.octets == SampleMessage.notification(Int64(number)))
        // Killed: it says no farewell.
        device.kill()
      }
      #expect(bench.reaches { $0.accepted == 2 && $0.open == 1 })
      let second = try TLSClient(port: bench.port, files, certificate: "device", options: ["-dtls1_2"])
      second.send(SampleMessage.notification(3))
      #expect(bench.next()?.octets == SampleMessage.notification(3))
      let third = try TLSClient(port: bench.port, files, certificate: "device", options: ["-dtls1_2"])
      #expect(bench.reaches { $0.refusedBySourceLimit > 0 && $0.open == 2 })
      third.kill()
      second.end()
      bench.stop()
    }
    await #expect(processExitsWith: .success) {
      let files = try TLSFiles()
      let bench = try StreamBench("dtlsudp:127.0.0.1", identity: files.identity(), directory: files.directory) {
        $0.idle = 1_000_000_000
      }
      let device = try TLSClient(port: bench.port, files, certificate: "device", options: ["-dtls1_2"])
      device.send(SampleMessage.notification(3))
      #expect(bench.next()?.octets == SampleMessage.notification(3))
      #expect(device.receive() == [])
      #expect(bench.reaches { $0.idleClosed == 1 && $0.open == 0 })
      device.end()
      bench.stop()
    }
  }

  @Test("both families come by one listener, and are answered", arguments: ["tlstcp", "dtlsudp"])
  func families(transport: String) async throws {
    await #expect(processExitsWith: .success) { [transport = transport as String] in
      let files = try TLSFiles()
      let bench = try StreamBench("\(transport):[::]", identity: files.identity(), directory: files.directory)
      for (host, source) in [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1")] {
        let options = transport == "dtlsudp" ? ["-dtls1_2"] : []
        let device = try TLSClient(port: bench.port, host: host, files, certificate: "device", options: options)
        device.send(SampleMessage.notification(1))
        let facts = try #require(bench.next()).facts
        #expect(facts.source == SourceAddress(source), "\(facts)")
        // Net-SNMP's udp6 does not tell.
        let isUnknown = transport == "dtlsudp" && source == "::1"
        #expect(facts.local == (isUnknown ? .unspecified : facts.source), "\(facts)")
        #expect(bench.listener.send(Answer(facts: facts, octets: [0x30, 0])))
        #expect(device.receive() == [0x30, 0])
        device.end()
      }
      bench.stop()
    }
  }

  @Test("files that cannot be used are an error that names listener and file")
  func unusable() async throws {
    let error = AgentError.identityUnusable(listener: "main", reason: "x.pem: no start line").description
    #expect(error.contains("main") && error.contains("x.pem"))
    let files = try TLSFiles()
    var identity = try files.identity()
    identity.key = files.path("stranger.key")
    #expect(throws: TLSContext.Unusable.self) { _ = try TLSContext.make(identity, isDatagram: false) }
    identity.key = files.path("absent.key")
    #expect(throws: TLSContext.Unusable.self) { _ = try TLSContext.make(identity, isDatagram: true) }
  }
}
