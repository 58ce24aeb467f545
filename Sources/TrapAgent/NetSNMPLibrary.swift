internal import CNetSNMP
internal import Glibc
internal import TrapBatching
internal import TrapSecurity

/// Net-SNMP's start and end, in the order that works, and without a look at the system's own configuration.
/// Everything but `prepareEnvironment` belongs to the agent's thread.
internal enum NetSNMPLibrary {
  internal static let name = "trapline"

  /// The library reads this variable alone and has no call for it: no MIB modules are to be loaded.
  internal static func prepareEnvironment() { unsafe setenv("MIBS", "", 1) }

  /// What the agent and the client have in common, before `init_snmp`.
  internal static func isolate(stateDirectory: String) {
    unsafe set_configuration_directory(stateDirectory)
    unsafe set_persistent_directory(stateDirectory)
    // Otherwise the library opens every file in the system's MIB directories to learn which module it holds.
    unsafe netsnmp_set_mib_directory(stateDirectory)
    for option in [
      NETSNMP_DS_LIB_DONT_READ_CONFIGS, NETSNMP_DS_LIB_DONT_PERSIST_STATE, NETSNMP_DS_LIB_DISABLE_PERSISTENT_LOAD,
      NETSNMP_DS_LIB_DISABLE_PERSISTENT_SAVE, NETSNMP_DS_LIB_DONT_LOAD_HOST_FILES,
    ] {
      netsnmp_ds_set_boolean(CInt(NETSNMP_DS_LIBRARY_ID), CInt(option), 1)
    }
  }

  internal static func startAgent(_ configuration: AgentConfiguration) {
    isolate(stateDirectory: configuration.stateDirectory)
    let agent = CInt(NETSNMP_DS_APPLICATION_ID)
    netsnmp_ds_set_boolean(agent, CInt(NETSNMP_DS_AGENT_DONT_LOG_TCPWRAPPERS_CONNECTS), 1)
    if case .agentx(let address) = configuration.mode {
      netsnmp_ds_set_boolean(agent, CInt(NETSNMP_DS_AGENT_ROLE), 1)
      unsafe netsnmp_ds_set_string(agent, CInt(NETSNMP_DS_AGENT_X_SOCKET), address)
    }
    unsafe init_agent(name)
    // Only now: init_agent sets the interval itself.
    netsnmp_ds_set_int(agent, CInt(NETSNMP_DS_AGENT_AGENTX_PING_INTERVAL), CInt(configuration.pingInterval))
  }

  /// The library without the agent's tables: for streams and polls.
  internal static func startWithoutAgent(stateDirectory: String) {
    isolate(stateDirectory: stateDirectory)
    // init_agent sets it otherwise: alarms run in the loop, not in a signal handler.
    netsnmp_ds_set_boolean(CInt(NETSNMP_DS_LIBRARY_ID), CInt(NETSNMP_DS_LIB_ALARM_DONT_USE_SIG), 1)
  }

  /// Our engine ID and boots in place of those that the library makes up at each start (RFC 3411 §3.1.1).
  internal static func identify(as local: LocalEngine) {
    let digits = local.engineID.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    // The library reads this one before its modules only, and never again by itself.
    configure("exactEngineID 0x\(digits)", when: CInt(PREMIB_CONFIG))
    // The library takes this for the former run's, and adds one.
    configure("engineBoots \(local.boots - 1)")
    // Reports take both from the library's table of engines.
    let time = UInt32(local.time(now: SystemClock.monotonic()))
    _ = unsafe set_enginetime(local.engineID, UInt32(local.engineID.count), UInt32(local.boots), time, 1)
  }

  /// The engine ID that the library answers with.
  internal static var engineID: [UInt8] {
    var octets = [UInt8](repeating: 0, count: 32)
    let count = unsafe snmpv3_get_engineID(&octets, octets.count)
    return Array(octets.prefix(count))
  }

  internal static func initialize() {
    unsafe init_snmp(name)
    // Bounds the wait for requests, so that the loop turns once a second even where nobody asks.
    unsafe snmp_alarm_register(1, UInt32(SA_REPEAT), { _, _ in }, nil)
  }

  internal static func initializeClient() { unsafe init_snmp(name) }

  /// Read-only access for the community, to our subtrees alone (VACM, RFC 3415).
  internal static func allow(_ configuration: AgentConfiguration, views: [ObjectName]) {
    for view in views { configure("view trapline included .\(view)") }
    let community = configuration.community
    if configuration.sources.isEmpty {
      configure("rocommunity \(community) default -V trapline")
      configure("rocommunity6 \(community) default -V trapline")
    }
    for source in configuration.sources {
      configure("\(source.contains(":") ? "rocommunity6" : "rocommunity") \(community) \(source) -V trapline")
    }
  }

  /// Net-SNMP writes into the line that it is given, so it gets a copy.
  internal static func configure(_ line: String, when: CInt = CInt(NORMAL_CONFIG)) {
    guard let copy = unsafe strdup(line) else { return }
    _ = unsafe snmp_config_when(copy, when)
    unsafe free(copy)
  }

  /// Opens exactly one address. `init_master_agent` would open SMUX on TCP port 199 of every interface as well.
  internal static func listen(on address: String) throws(AgentError) -> CInt {
    errno = 0
    guard let transport = unsafe netsnmp_transport_open_server("snmp", address) else {
      let code = errno
      let reason = code == 0 ? "it is not an address that Net-SNMP knows" : unsafe String(cString: strerror(code))
      throw .addressUnusable(address: address, reason: reason)
    }
    let handle = unsafe netsnmp_register_agent_nsap(transport)
    guard handle > 0 else {
      unsafe netsnmp_transport_free(transport)
      throw .addressUnusable(address: address, reason: "Net-SNMP refused the opened address")
    }
    return handle
  }

  /// Lets the pipe end the wait; the loop then looks whether it is to stop.
  internal static func watch(_ wakeup: AgentWakeup) {
    unsafe register_readfd(wakeup.readEnd, { _, _ in }, nil)
  }

  /// Lets octets on any stream end the wait.
  internal static func watch(_ streams: StreamHub) {
    unsafe register_readfd(streams.descriptor, { _, _ in }, nil)
  }

  internal static func shutDown(_ wakeup: AgentWakeup, _ streams: StreamHub, hasAgent: Bool) {
    unregister_readfd(wakeup.readEnd)
    unregister_readfd(streams.descriptor)
    unsafe snmp_shutdown(name)
    if hasAgent { shutdown_agent() }
  }
}
