internal import FoundationEssentials
internal import Logging
internal import TrapControl
internal import TrapSecurity

// The SNMPv3 engines that were heard.
extension DaemonControl {
  func v3Engines(by caller: ControlCaller) async throws(ControlProblem) -> [V3EngineView] {
    try checkAdministrator(caller)
    guard let engines = parts.v3Engines else { return [] }
    return await engines.records().map { V3EngineView($0) }.sorted { $0.engineID < $1.engineID }
  }

  func forgetV3Engine(_ id: String, by caller: ControlCaller) async throws(ControlProblem) {
    try checkAdministrator(caller)
    let digits = id.lowercased().hasPrefix("0x") ? String(id.lowercased().dropFirst(2)) : id.lowercased()
    guard let engineID = PollHexadecimal.octets(digits), (5...32).contains(engineID.count) else {
      throw ControlProblem(400, "an SNMP engine's ID is 5 to 32 octets in hexadecimal, not \"\(id.prefix(80))\"")
    }
    guard await parts.v3Engines?.forget(engineID) == true else {
      throw ControlProblem(404, "no message of the SNMP engine \(digits) has been verified; see GET /v1/v3/engines")
    }
    parts.log.notice("the clock of the SNMP engine \(digits) is forgotten on request")
  }
}

extension V3EngineView {
  init(_ record: EngineTimeRecord) {
    self.init(
      engineID: PollHexadecimal.text(record.engineID), boots: Int(record.boots), time: Int(record.time))
    // What has passed since is the difference between its clock as we reckon it, and as it said last: whole seconds.
    let seconds = Int64(max(0, record.time - record.latest))
    lastHeard = Date(timeIntervalSince1970: Double(record.made / 1_000_000_000 - seconds)).formatted(
      Date.ISO8601FormatStyle())
  }
}
