import Foundation
import Logging
import TrapBatching
import TrapControl
import TrapSecurity

@testable import TrapAgent

/// Net-SNMP's thread with a poller, and an agent to ask. For one process, as Net-SNMP starts once in each.
struct PollingGround {
  let directory: TemporaryDirectory
  let agent: PolledAgent
  let thread: NetSNMPThread
  let poller: Poller

  init(_ change: (inout PollSettings) -> Void = { _ in }) throws {
    directory = try TemporaryDirectory()
    agent = try PolledAgent(directory)
    try agent.waitUntilThere(in: directory)
    thread = try NetSNMPThread.start(
      NetSNMPParts(stateDirectory: directory.path + "/agent"), log: Logger(label: "thread"))
    var settings = PollSettings()
    // Whoever is there answers within a minute, however slow the machine.
    settings.timeout = 60_000_000_000
    change(&settings)
    poller = try Poller.start(settings, on: thread)
  }

  func stop() {
    poller.stop()
    thread.stop()
    agent.stop()
  }

  static let v2c = Credentials(name: "v2c", .community(Array("public".utf8), isV1: false))
  static let v1 = Credentials(name: "v1", .community(Array("public".utf8), isV1: true))
  static let noc = user("noc", .sha256, "noc auth secret", .aes128, "noc priv secret")
  static let other = user("other", .sha512, "other auth secret", .aes256, "other priv secret")

  static func user(
    _ name: String, _ auth: AuthProtocol, _ authSecret: String, _ priv: PrivProtocol?, _ privSecret: String
  ) -> Credentials {
    Credentials(
      name: name,
      .user(
        USMUser(
          name: Array(name.utf8), authentication: .init(auth, .passphrase(Array(authSecret.utf8))),
          privacy: priv.map { .init($0, .passphrase(Array(privSecret.utf8))) })))
  }

  func task(
    _ operation: PollOperation, _ oids: [String], _ credentials: Credentials = v2c, port: UInt16? = nil,
    change: (inout PollRequest) -> Void = { _ in }
  ) -> PollTask {
    let port = port ?? agent.port
    var request = PollRequest(agent: "127.0.0.1:\(port)", operation: operation, oids: oids)
    change(&request)
    return PollTask(request, address: SourceAddress(ipv4: 0x7f00_0001), port: port, credentials: credentials)
  }

  func ask(_ tasks: PollTask...) async -> [PollAnswer] { await poller.poll(tasks) ?? [] }
}
