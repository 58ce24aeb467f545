import Testing

@testable import TrapService

@Suite("Reload plans")
struct ReloadPlanTests {
  private static let engines = """
    <file name="archive" path="-"/>
    <http name="alarms" url="http://127.0.0.1:9000/"/>
    <pull name="pager"><subscribe trap="1.3.6.1.6.3"/></pull>
    """
  private static let metadata = """
    <rules name="routes"><default engines="archive alarms pager"/></rules>
    <http name="service" url="http://127.0.0.1:9001/"/>
    <sqlite name="inventory" path="/var/lib/trapline/inventory.sqlite"/>
    """
  private static let listeners = """
    <listener name="main" address="udp:[::]:1162" metadata="routes" accept="all"/>
    <listener name="lab" address="udp:[::]:1163" metadata="service" accept="all"/>
    """

  private func configuration(
    daemon: String = "<api/>", security: String = "", listeners: String = listeners, metadata: String = metadata,
    engines: String = engines
  ) throws -> Configuration {
    try ConfigurationFixture.parse(
      """
      <trapline xmlns="urn:trapline:daemon:1">
        <daemon>\(daemon)</daemon>
        \(security)
        <listeners>\(listeners)</listeners>
        <metadata>\(metadata)</metadata>
        <engines>\(engines)</engines>
      </trapline>
      """
    ).configuration
  }

  private func plan(to new: Configuration, registered: [String] = []) throws -> ReloadPlan {
    ReloadPlan(from: try configuration(), to: new, registered: registered)
  }

  @Test("The same configuration changes nothing")
  func same() throws {
    let plan = try plan(to: configuration())
    #expect(plan.eventQueue == nil && plan.refusals.isEmpty && plan.summary == "nothing that runs differs")
  }

  @Test("Another threshold, manager or program is no reason for a restart")
  func monitored() throws {
    var new = try configuration()
    new.monitor.programs = [Configuration.MonitorProgram(name: "note", command: ["/bin/true"])]
    let plan = try plan(to: new)
    #expect(plan.changesMonitor && plan.refusals.isEmpty && plan.summary.contains("monitor changed"), "\(plan.summary)")
  }

  @Test("An engine more is added, and the bounds of the others follow")
  func added() throws {
    let plan = try plan(to: configuration(engines: Self.engines + "<discard name=\"none\"/>"))
    #expect(plan.addedEngines.map(\.name) == ["none"] && plan.removedEngines.isEmpty && plan.refusals.isEmpty)
    #expect(plan.changedEngines.map(\.engine.name) == ["archive", "alarms", "pager"])
    #expect(plan.changedEngines.allSatisfy { $0.adapter == .kept && $0.changesDelivery && !$0.changesSubscription })
    // A discard has no buffers, so the queue stays as large as it was; its reserves are what is shared anew.
    #expect(plan.eventQueue == nil && !plan.changesAssignment)
  }

  @Test("An engine that is gone is removed with the drain that it had, and its buffers go to the event queue")
  func removed() throws {
    let left = "<file name=\"archive\" path=\"-\"/><http name=\"alarms\" url=\"http://127.0.0.1:9000/\"/>"
    let plan = try plan(to: configuration(engines: left))
    #expect(plan.removedEngines.map(\.name) == ["pager"] && plan.removedEngines[0].queue.drain == 30_000_000_000)
    #expect(plan.eventQueue == plan.limits.eventQueue && plan.refusals.isEmpty)
  }

  @Test(
    "What differs of an engine says whether its adapter goes on",
    arguments: [
      ("9000/\"/>", "9000/new\"/>", "alarms", EngineChange.Adapter.replaced),
      ("path=\"-\"/>", "path=\"/tmp/t\"/>", "archive", .replaced),
      ("<pull name=\"pager\">", "<pull name=\"pager\" ack-timeout=\"5s\">", "pager", .adjusted),
    ])
  func adapters(old: String, new: String, name: String, adapter: EngineChange.Adapter) throws {
    let plan = try plan(to: configuration(engines: Self.engines.replacing(old, with: new)))
    #expect(plan.changedEngines.map(\.engine.name) == [name] && plan.changedEngines[0].adapter == adapter)
    #expect(!plan.changedEngines[0].changesSubscription && plan.addedEngines.isEmpty && plan.removedEngines.isEmpty)
  }

  @Test("An engine whose kind differs keeps its name, and gets another adapter")
  func kind() throws {
    let plan = try plan(
      to: configuration(
        engines: Self.engines.replacing("<file name=\"archive\" path=\"-\"/>", with: "<discard name=\"archive\"/>")))
    #expect(plan.changedEngines.first { $0.engine.name == "archive" }?.adapter == .replaced)
    #expect(plan.addedEngines.isEmpty && plan.removedEngines.isEmpty)
  }

  @Test("Settings and subscriptions are changed without touching the adapter")
  func settings() throws {
    let slower = Self.engines.replacing("<subscribe", with: "<throttle max-rate=\"10\"/><subscribe")
    let change = try #require(try plan(to: configuration(engines: slower)).changedEngines.first)
    #expect(change.engine.name == "pager" && change.adapter == .kept)
    #expect(change.changesDelivery && !change.changesSubscription)
    let other = Self.engines.replacing("<subscribe", with: "<filter version=\"3\"/><subscribe")
    let plan = try plan(to: configuration(engines: other))
    #expect(plan.changedEngines.map(\.changesDelivery) == [false])
    #expect(plan.changedEngines.map(\.changesSubscription) == [true])
  }

  @Test("Metadata sources come, go and change by name, and what stayed is not asked to start anew")
  func sources() throws {
    let changed = Self.metadata.replacing("9001/", with: "9002/").replacing(
      "name=\"inventory\"", with: "name=\"stock\"")
    let plan = try plan(to: configuration(metadata: changed))
    #expect(plan.changedSources.map(\.name) == ["service"] && plan.addedSources.map(\.name) == ["stock"])
    #expect(plan.removedSources == ["inventory"] && plan.changesAssignment && plan.refusals.isEmpty)
    #expect(plan.summary == "metadata added: stock; metadata removed: inventory; metadata changed: service")
  }

  @Test("A listener may change who may send and which metadata serves it")
  func listeners() throws {
    let community = Self.listeners.replacing(
      "metadata=\"service\" accept=\"all\"/>",
      with: "metadata=\"inventory\" v3=\"deliver-raw\"><community secret=\"env:NOC\"/></listener>")
    let plan = try plan(to: configuration(listeners: community))
    #expect(plan.changedListeners.map(\.listener.name) == ["lab"] && plan.refusals.isEmpty)
    #expect(plan.changedListeners[0].changesAdmission && plan.changedListeners[0].changesMetadata)
    #expect(plan.changesAssignment)
  }

  @Test("Users and agents change without a restart, and the log says so")
  func policies() throws {
    let users = "<security><user name=\"noc\"/></security>"
    let agents = "<agents><nat source=\"203.0.113.7\" agent=\"10.1.2.3\"/></agents>"
    let plan = try plan(to: configuration(security: users))
    #expect(plan.changesPolicies && plan.refusals.isEmpty && plan.summary == "security changed")
    #expect(try self.plan(to: configuration(security: users + agents)).summary == "security changed; agents changed")
  }

  @Test("Who may ask the agent changes without a restart; what the agent is does not")
  func agent() throws {
    let old = "<api/><agent address=\"udp:127.0.0.1:1161\" community=\"one\"/>"
    func plan(_ agent: String, security: String = "") throws -> ReloadPlan {
      ReloadPlan(
        from: try configuration(daemon: old), to: try configuration(daemon: "<api/>" + agent, security: security))
    }
    let same = try plan("<agent community=\"one\"/>")
    #expect(same.refusals.isEmpty && !same.changesAccess)
    for access in ["<agent community=\"two\"/>", "<agent><community secret=\"one\"/></agent>"] {
      let plan = try plan(access)
      #expect(plan.refusals.isEmpty && plan.changesAccess && plan.summary == "access to the agent changed")
    }
    // Another secret of a user is another way in.
    let users = try plan("<agent community=\"one\"/>", security: "<security><user name=\"noc\"/></security>")
    #expect(users.refusals.isEmpty && users.changesAccess && users.summary == "security changed")
    let other = try plan("<agent address=\"udp:127.0.0.1:1162\" oid=\"1.3.6.1.4.1.9\"><log entries=\"7\"/></agent>")
    #expect(other.refusals == ["agent: address, oid, log differs, which takes effect with a restart only"])
    #expect(try plan("").refusals == ["agent is gone, which takes effect with a restart only"])
  }

  @Test("Where unanswered keys go is changed without a restart")
  func unanswered() throws {
    let plan = try plan(to: configuration(metadata: Self.metadata + "<unanswered engines=\"archive\"/>"))
    #expect(plan.changesUnanswered && !plan.changesAssignment && plan.refusals.isEmpty)
  }

  @Test(
    "What needs a restart is named",
    arguments: [
      ("<api/><memory limit=\"1GiB\"/>", "memory limit is 1GiB in place of 512MiB"),
      ("<api/><state directory=\"/srv\"/>", "state directory is /srv in place of /home/noc/.local/state/trapline"),
      ("<api/><agent/>", "agent is new"), ("<api connections=\"7\"/>", "api differs"),
    ])
  func daemon(xml: String, reason: String) throws {
    let plan = try plan(to: configuration(daemon: xml))
    #expect(plan.refusals == ["\(reason), which takes effect with a restart only"])
  }

  @Test(
    "Listeners keep their sockets, or the daemon restarts",
    arguments: [
      ("udp:[::]:1163", "udp:[::]:1164", ["listener lab: address differs"]),
      (
        "udp:[::]:1162\"", "udp:[::]:1162\" lanes=\"2\" receive-buffer=\"1MiB\"",
        ["listener main: lanes differs", "listener main: receive-buffer differs"]
      ),
      ("name=\"lab\"", "name=\"yard\"", ["listener yard is new", "listener lab is gone"]),
    ])
  func listenerRestart(old: String, new: String, reasons: [String]) throws {
    let plan = try plan(to: configuration(listeners: Self.listeners.replacing(old, with: new)))
    #expect(plan.refusals == reasons.map { "\($0), which takes effect with a restart only" })
  }

  @Test("Listeners in another order are refused, as traps carry their number")
  func listenerOrder() throws {
    let lines = Self.listeners.split(separator: "\n")
    let plan = try plan(to: configuration(listeners: lines.reversed().joined(separator: "\n")))
    #expect(plan.refusals == ["listeners stand in another order, which takes effect with a restart only"])
  }

  @Test("Bounds of metadata need a restart, each named, beside what could be done alone")
  func metadataLimits() throws {
    let written = Self.metadata + "<cache ttl=\"1h\"/><requests keys=\"7\"/><holding limit=\"1MiB\"/>"
    let plan = try plan(to: configuration(metadata: written, engines: Self.engines + "<discard name=\"none\"/>"))
    #expect(
      plan.refusals.map { $0.prefix { $0 != "," } } == ["cache differs", "requests differs", "holding limit differs"])
    #expect(plan.addedEngines.map(\.name) == ["none"])
  }

  @Test("A name that an engine registered with cannot be configured under its feet")
  func registered() throws {
    let new = try configuration(engines: Self.engines + "<discard name=\"tail\"/>")
    #expect(try plan(to: new, registered: ["other"]).refusals == [])
    #expect(
      try plan(to: new, registered: ["tail"]).refusals
        == ["engine tail is registered at run time; end that registration first"])
  }
}
