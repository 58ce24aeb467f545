import SNMPWire
import Testing
import TrapBatching
import TrapClassification
import TrapLedger
import TrapSecurity

@Suite("Who is told our time")
struct SynchronisationTests {
  /// To `Bench.local`, whose boots are 5 and whose time is 1000.
  private func request(
    _ user: USMUser, boots: Int32 = 0, time: Int32 = 0, engineID: [UInt8] = Bench.local.engineID
  ) -> [UInt8] {
    let pdu = TrapMaker.v2PDU(tag: BERTag.getRequest, TrapMaker.linkDown)
    return V3Sender(user, engineID: engineID).message(pdu, flags: user.level & 1 | 4, boots: boots, time: time)
  }

  private func bench(
    _ metadata: any MetadataSource, users: CredentialsDirectory = .empty,
    reports: ListenerProfile.ReportPolicy = .discovery,
    notices: Log<RefusalNotice> = Log()
  ) throws -> Bench {
    try Bench(MetadataAssignment(metadata), holding: HoldingLimits(maxWait: 0)) {
      $0.policies.credentials = users
      $0.policies.listeners[0].reports = reports
      $0.refusalNotice = { notices.append($0) }
    }
  }

  private func expectTold(_ bench: Bench, _ user: USMUser) throws {
    let report = try #require(bench.answers.octets.first)
    let header = try V3Header.read(report.span)
    #expect(header.engineBoots == 5 && header.engineTime == 1_000 && header.isAuthenticated)
    let keys = try #require(LocalizedKeys(user, engineID: Bench.local.engineID))
    let isSigned = keys.verify(report.span, parameters: header.authParameters)
    #expect(isSigned)
    #expect(bench.answers.all.count == 1)
    #expect(bench.line.answeredDiscovery == 1 && bench.line.refused == 0 && bench.line.accepted == 0)
    #expect(bench.log.traps.isEmpty && bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("a user of the configuration")
  func configured() throws {
    let bench = try bench(ImmediateSource(Bench.program), users: V3Sender.directory)
    bench.arrive(1, request(V3Sender.signing), deferred: true)
    bench.settle()
    try expectTold(bench, V3Sender.signing)
  }

  @Test("a user whom only metadata knows, once it has answered, in the turn of its source")
  func inventoried() throws {
    let metadata = ScriptedSource()
    let bench = try bench(metadata)
    bench.arrive(1, request(V3Sender.signing), deferred: true)
    bench.settle()
    #expect(bench.answers.all.isEmpty && bench.line.answeredDiscovery == 0)
    let asked = try #require(metadata.requests.first)
    #expect(asked.keys.first?.v3?.userName == V3Sender.signing.name)
    let given = Credentials(name: "given", .user(V3Sender.signing))
    metadata.answer(asked, .program(RoutingProgram(routes: [Route(to: Bench.toRouted)], given: given)))
    bench.settle()
    try expectTold(bench, V3Sender.signing)
  }

  @Test("nobody else: each is refused for what is wrong with it, and says so in the log")
  func others() throws {
    let notices = Log<RefusalNotice>()
    let bench = try bench(ImmediateSource(Bench.program), users: V3Sender.directory, notices: notices)
    var forged = request(V3Sender.signing)
    forged[forged.count - 1] ^= 1
    bench.arrive(1, forged, deferred: true)
    let secret = USMUser.Authentication(.sha1, V3Sender.secret)
    bench.arrive(1, request(USMUser(name: Array("stranger".utf8), authentication: secret)), deferred: true)
    bench.arrive(1, request(USMUser(name: Array("open".utf8), authentication: secret)), deferred: true)
    // It knows the time, and asks for something.
    bench.arrive(1, request(V3Sender.signing, boots: 5, time: 1_000), deferred: true)
    bench.settle()
    #expect(bench.answers.all.isEmpty && bench.log.traps.isEmpty)
    for cause in [Cause.wrongDigest, .unknownUser, .unsupportedLevel, .notANotification] {
      #expect(bench.line.refused(cause) == 1)
    }
    #expect(bench.line.answeredDiscovery == 0)
    #expect(notices.all.map(\.cause) == [.wrongDigest, .unknownUser, .unsupportedLevel])
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("where no Report goes out nothing counts as answered")
  func unsent() throws {
    for reports in [ListenerProfile.ReportPolicy.none, .discovery] {
      let bench = try bench(ImmediateSource(Bench.program), users: V3Sender.directory, reports: reports)
      bench.answers.fill(true)
      bench.arrive(1, request(V3Sender.signing), deferred: true)
      bench.settle()
      #expect(bench.line.refused(.notInTimeWindow) == 1 && bench.line.answeredDiscovery == 0)
      #expect(bench.undecided == 0 && bench.remainder == 0)
    }
  }

  @Test("users of many reloads leave no more keys than there is room for")
  func bounded() throws {
    let bench = try Bench(MetadataAssignment(ImmediateSource(Bench.program))) { $0.verification.keys = 64 << 10 }
    for reload in 0..<200 {
      let secret = KeyMaterial.master([UInt8](repeating: UInt8(reload), count: 20))
      let user = USMUser(name: Array("noc".utf8), authentication: .init(.sha1, secret))
      var policies = ClassificationPolicies()
      var profile = ListenerProfile(line: bench.line)
      profile.answers = bench.answers
      policies.listeners = [profile]
      policies.credentials = CredentialsDirectory([Credentials(name: "noc", .user(user))])
      bench.classifier.replace(policies)
      bench.arrive(1, request(user), deferred: true)
      bench.settle()
    }
    #expect(bench.line.answeredDiscovery == 200)
    #expect(bench.statistics.verification.keyOctets <= 64 << 10)
  }
}
