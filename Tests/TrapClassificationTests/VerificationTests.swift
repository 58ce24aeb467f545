import SNMPWire
import Testing
import TrapBatching
import TrapClassification
import TrapLedger
import TrapSecurity

@Suite("SNMPv3 verification in classification")
struct VerificationTests {
  private let source = ImmediateSource(Bench.program)

  private func bench(
    _ metadata: (any MetadataSource)? = nil, change: (inout ClassifierSetup) -> Void = { _ in }
  ) throws -> Bench {
    try Bench(MetadataAssignment(metadata ?? source), holding: HoldingLimits(maxWait: 0)) {
      $0.policies.credentials = V3Sender.directory
      change(&$0)
    }
  }

  @Test("a trap of each level is accepted, verified, and where it was encrypted marked as decrypted")
  func levels() throws {
    let bench = try bench()
    let users = [V3Sender.open, V3Sender.signing, V3Sender.secretive]
    for user in users { bench.arrive(1, V3Sender(user).trap(), deferred: true) }
    bench.settle()
    #expect(bench.log.traps.map(\.marks) == [.verified, .verified, [.verified, .decrypted]])
    #expect(bench.line.accepted == 3)
    #expect(bench.answers.all.isEmpty)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("routes and subscriptions see what an encrypted message holds, from a slab and from a holding area")
  func routing() throws {
    let metadata = ScriptedSource()
    let bench = try bench(metadata)
    let program = RoutingProgram(routes: [
      Route(pdus: [.v3Encrypted], to: Bench.toOther),
      Route(trapPrefix: ObjectIdentifier("1.3.6.1.6.3.1.1.5.3")!, pdus: [.trapV2], to: Bench.toRouted),
      Route(pdus: [.inform], to: Bench.toOther),
    ])
    let sender = V3Sender(V3Sender.secretive)
    let informing = V3Sender(V3Sender.secretive, engineID: Bench.local.engineID)
    bench.arrive(1, sender.trap(), deferred: true)
    bench.arrive(1, informing.inform(), deferred: true)
    bench.settle()
    metadata.answer(metadata.requests[0], .program(program))
    bench.settle()
    bench.arrive(1, sender.trap(request: 2), deferred: true)
    bench.arrive(1, sender.trap([1, 3, 6, 1, 4, 1, 9]), deferred: true)
    bench.settle()
    #expect(bench.log.traps.map(\.route) == [Bench.routed, Bench.other, Bench.routed])
    #expect(bench.log.traps[1].marks == [.verified, .decrypted, .answered])
    #expect(bench.unrouted(.noRoute) == 1)
    bench.classifier.subscribe([
      Subscription(engine: "routed", subscribe: [TrapSelector(traps: [ObjectIdentifier("1.3.6.1.4.1.9")!])])
    ])
    bench.arrive(1, sender.trap([1, 3, 6, 1, 4, 1, 9], request: 3), deferred: true)
    bench.settle()
    #expect(bench.log.traps.count == 4)
  }

  @Test("a refused message is counted by its cause, placed nowhere and reported as its listener says")
  func refusals() throws {
    let notices = Log<RefusalNotice>()
    let bench = try bench { $0.refusalNotice = { notices.append($0) } }
    var forged = V3Sender(V3Sender.signing).trap()
    forged[forged.count - 1] ^= 1
    let stranger = V3Sender(USMUser(name: Array("str nger".utf8)))
    bench.arrive(1, forged, deferred: true)
    bench.arrive(1, stranger.trap(), deferred: true)
    bench.arrive(1, stranger.trap(), deferred: true)
    let informing = V3Sender(V3Sender.signing, engineID: Bench.local.engineID)
    bench.arrive(1, informing.inform(time: 1), deferred: true)
    bench.settle()
    #expect(bench.line.refused(.wrongDigest) == 1)
    #expect(bench.line.refused(.unknownUser) == 2)
    #expect(bench.line.refused(.notInTimeWindow) == 1)
    #expect(bench.line.accepted == 0 && bench.log.traps.isEmpty)
    #expect(bench.answers.numbers == [4])
    #expect(bench.statistics.informs.reports == 1 && bench.statistics.informs.sent == 0)
    #expect(notices.all.map(\.cause) == [.wrongDigest, .unknownUser, .notInTimeWindow])
    #expect(notices.all.map(\.user) == ["signing", "0x737472206e676572", "signing"])
    #expect(notices.all.map(\.isExpected) == [false, false, true])
    bench.now += Bench.second
    bench.arrive(1, stranger.trap(), deferred: true)
    bench.settle()
    #expect(notices.all.last?.suppressed == 1)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("what is said of a message outside of its window goes by whose clock that is: ours is nobody's to forget")
  func clocks() throws {
    let latched = LocalEngine(engineID: Bench.local.engineID, boots: LocalEngine.latchedBoots, started: 0)
    for (local, isOld, expected, words) in [
      (Bench.local, false, RefusalNotice.Clock.ours, "told ours"),
      (latched, false, .oursLatched, "the log of the start"),
      (Bench.local, true, .sender, "trapline v3 forget"),
    ] {
      let notices = Log<RefusalNotice>()
      let bench = try bench {
        $0.localEngine = local
        $0.refusalNotice = { notices.append($0) }
      }
      if isOld {
        let sender = V3Sender(V3Sender.signing)
        bench.arrive(1, sender.trap(boots: 4), deferred: true)
        bench.arrive(1, sender.trap(boots: 3), deferred: true)
      } else {
        bench.arrive(1, V3Sender(V3Sender.signing, engineID: local.engineID).inform(time: 1), deferred: true)
      }
      bench.settle()
      let notice = try #require(notices.all.first)
      #expect(notice.cause == .notInTimeWindow && notice.clock == expected)
      #expect(notice.line.contains(words) && notice.line.contains("forget") == (expected == .sender))
      #expect(notice.isExpected == (expected == .ours))
    }
  }

  @Test("a flood of refused messages hides no other source, and writes a few lines of invented ones")
  func notices() throws {
    let notices = Log<RefusalNotice>()
    let bench = try bench { $0.refusalNotice = { notices.append($0) } }
    let stranger = V3Sender(USMUser(name: Array("stranger".utf8))).trap()
    for _ in 0..<20 { bench.arrive(1, stranger, deferred: true) }
    bench.arrive(2, stranger, deferred: true)
    bench.settle()
    #expect(notices.all.map(\.source) == [1, 2].map { Bench.source($0) })
    #expect(notices.all.map(\.suppressed) == [0, 19])
    for source in 3..<50 { bench.arrive(source, stranger, deferred: true) }
    bench.settle()
    #expect(notices.all.count == 8)
    bench.now += Bench.second
    bench.arrive(1, stranger, deferred: true)
    bench.settle()
    #expect(notices.all.count == 9 && notices.all.map(\.suppressed).reduce(9, +) == bench.line.refused(.unknownUser))
  }

  @Test("a repeated trap is refused, and a repeated inform answered again")
  func repeats() throws {
    let bench = try bench()
    let trap = V3Sender(V3Sender.secretive).trap()
    let informing = V3Sender(V3Sender.secretive, engineID: Bench.local.engineID)
    for _ in 0..<2 {
      bench.arrive(1, trap, deferred: true)
      bench.arrive(1, informing.inform(request: 5), deferred: true)
      bench.settle()
    }
    #expect(bench.log.traps.count == 2)
    #expect(bench.line.refused(.repeated) == 1)
    #expect(bench.line.answeredRepeat == 1)
    #expect(bench.answers.numbers == [2, 4])
    let response = bench.answers.octets[1]
    let header = try V3Header.read(response.span)
    #expect(header.engineID.map { response[$0] } == Bench.local.engineID)
    #expect(header.flags == 3)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("the least level is the highest of the listener's, the program's and the user's")
  func minimumLevels() throws {
    let least = RoutingProgram(routes: [Route(to: Bench.toRouted)], minimumLevel: 1)
    let bench = try bench(ImmediateSource(.program(least))) { $0.policies.listeners[1].minimumLevel = 3 }
    for listener in [0, 1] as [UInt16] {
      for user in [V3Sender.open, V3Sender.signing, V3Sender.secretive] {
        bench.arrive(1, listener: listener, V3Sender(user).trap(request: UInt32(listener)), deferred: true)
      }
    }
    bench.settle()
    #expect(bench.log.traps.map(\.number) == [2, 3, 6])
    #expect(bench.line.refused(.minimumLevel) == 3)
  }

  @Test("a program's own credentials come before those it names, and these before the configuration's users")
  func credentials() throws {
    func user(_ octet: UInt8) -> USMUser {
      USMUser(
        name: Array("same".utf8), authentication: .init(.sha1, .master([UInt8](repeating: octet, count: 20))))
    }
    let (given, named, fallback) = (user(1), user(2), user(3))
    let directory = CredentialsDirectory([
      Credentials(name: "fallback", .user(fallback)), Credentials(name: "named", .user(named)),
    ])
    let other = Credentials(name: "other", .user(V3Sender.open))
    let own = Credentials(name: "", .user(given))
    let routes = [Route(to: Bench.toRouted)]
    let programs: [(RoutingProgram, USMUser)] = [
      (RoutingProgram(routes: routes, credentials: "named", given: own), given),
      (RoutingProgram(routes: routes, credentials: "named", given: other), named),
      (RoutingProgram(routes: routes, credentials: "nobody"), fallback),
    ]
    for (program, right) in programs {
      let bench = try bench(ImmediateSource(.program(program))) { $0.policies.credentials = directory }
      for user in [given, named, fallback] { bench.arrive(1, V3Sender(user).trap(), deferred: true) }
      bench.settle()
      #expect(bench.log.traps.count == 1)
      #expect(bench.log.traps.first?.number == Int64([given, named, fallback].firstIndex { $0 === right }! + 1))
    }
  }

  @Test("a listener that delivers raw believes nothing, whether arrival counted the message or not")
  func raw() throws {
    let bench = try bench { $0.policies.listeners[0].v3 = .deliverRaw }
    let trap = V3Sender(V3Sender.secretive).trap()
    bench.arrive(1, trap)
    bench.arrive(1, trap, deferred: true)
    bench.settle()
    #expect(bench.log.traps.map(\.marks) == [[], []])
    #expect(bench.log.traps.map(\.checksum) == [PlacedLog.checksum(trap.span), PlacedLog.checksum(trap.span)])
    #expect(bench.line.accepted == 2)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("held messages of several users are verified in the order of their source, when their turn comes")
  func heldOrder() throws {
    let metadata = ScriptedSource()
    let bench = try bench(metadata)
    let senders = [V3Sender.open, V3Sender.signing, V3Sender.secretive].map { V3Sender($0) }
    for round in 0..<4 {
      for sender in senders { bench.arrive(1, sender.trap(request: UInt32(round)), deferred: true) }
    }
    bench.arrive(1)
    bench.settle()
    #expect(bench.ledger.classification.held == 1)
    #expect(bench.statistics.heldTraps == 13)
    let keys = metadata.requests.flatMap(\.keys)
    for key in keys.reversed() {
      metadata.answer(metadata.requests.first { $0.keys.contains(key) }!, keys: [key], Bench.program)
      bench.settle()
    }
    #expect(bench.log.numbers(of: Bench.source(1)) == Array(1...13))
    #expect(bench.ledger.classification.held == 0)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("entries of keys that never verified push out each other and none of the others")
  func spoofed() throws {
    let cache = CacheLimits(bound: MetadataSize.entries(20))
    let metadata = ImmediateSource(Bench.program)
    let bench = try Bench(MetadataAssignment(metadata), cache: cache, holding: HoldingLimits(maxWait: 0)) {
      $0.policies.credentials = V3Sender.directory
    }
    for number in 0..<10 { bench.arrive(number) }
    bench.arrive(10, V3Sender(V3Sender.signing).trap(), deferred: true)
    bench.settle()
    for number in 0..<500 {
      let spoofer = V3Sender(V3Sender.signing, engineID: [0x80, 0, 0, 9, UInt8(number >> 8), UInt8(number & 255)])
      var message = spoofer.trap()
      message[message.count - 1] ^= 1
      bench.arrive(100, message, deferred: true)
      bench.settle()
    }
    #expect(bench.line.refused(.wrongDigest) == 500)
    let asked = metadata.keysAsked.count
    for number in 0..<10 { bench.arrive(number) }
    bench.arrive(10, V3Sender(V3Sender.signing).trap(request: 2), deferred: true)
    bench.settle()
    #expect(metadata.keysAsked.count == asked)
    #expect(bench.statistics.verification.engines == 1)
  }

  @Test("what other policies say holds from the next trap on, and lost listeners keep their lines")
  func replaced() throws {
    let bench = try bench()
    let trap = V3Sender(V3Sender.signing)
    bench.arrive(1, listener: 1, trap.trap(), deferred: true)
    bench.settle()
    bench.classifier.replace(ClassificationPolicies())
    bench.arrive(1, listener: 1, trap.trap(), deferred: true)
    bench.settle()
    #expect(bench.line.accepted == 1)
    #expect(bench.line.refused(.unknownUser) == 1)
    #expect(bench.statistics.verification.keys == 0)
  }

  @Test("what the transport secured is believed at a stream's listener and nowhere else")
  func transportSecurity() throws {
    let bench = try bench { $0.policies.listeners[1].isStream = true }
    var message = V3Sender(V3Sender.open, engineID: Bench.local.engineID).inform()
    // msgSecurityModel, behind msgFlags: 04 01 04 02 01 03.
    let flags = (0..<message.count - 6).first { Array(message[$0..<$0 + 6]) == [4, 1, 4, 2, 1, 3] }!
    message[flags + 5] = 4
    message[flags + 2] = 4
    bench.arrive(1, listener: 0, message, deferred: true)
    bench.arrive(1, listener: 1, message, deferred: true)
    bench.settle()
    #expect(bench.line.refused(.unknownUser) == 1)
    #expect(bench.log.traps.map(\.marks) == [[.verified, .answered]])
    var response = message
    response[flags + 2] = 0
    response[message.firstIndex(of: 0xa6)!] = 0xa2
    #expect(bench.answers.octets == [response])
  }
}
