internal import SNMPWire
internal import TrapBatching

/// A recent trap, decoded: one row of nlmLogTable, and its rows of nlmLogVariableTable.
internal struct LoggedTrap {
  internal private(set) var number: UInt32 = 0
  internal private(set) var facts = ArrivalFacts(received: 0, source: .unspecified, port: 0, listener: 0)
  /// Monotonic nanoseconds.
  internal private(set) var noted: UInt64 = 0
  internal private(set) var engineID: [UInt8] = []
  internal private(set) var contextEngineID: [UInt8] = []
  internal private(set) var contextName: [UInt8] = []
  /// Empty: zeroDotZero, where it cannot be read.
  internal private(set) var notificationID: [UInt32] = []
  internal private(set) var variables: [LoggedVariable] = []

  private static let sysUpTime: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 3, 0]
  private static let trapAddress: [UInt32] = [1, 3, 6, 1, 6, 3, 18, 1, 3, 0]
  private static let trapCommunity: [UInt32] = [1, 3, 6, 1, 6, 3, 18, 1, 4, 0]
  private static let trapEnterprise: [UInt32] = [1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0]

  /// - Parameter showsEncrypted: whether the variables of a trap that came encrypted are among it.
  internal init(_ trap: RecentTrap, showsEncrypted: Bool) {
    number = trap.number
    facts = trap.facts
    noted = trap.noted
    let isDecrypted = trap.marks.contains(.decrypted)
    let octets = trap.octets.span
    guard let peek = try? TrapPeek.read(octets, isDecrypted: isDecrypted) else { return }
    engineID = Self.octets(octets, peek.engineID.prefix(32))
    contextEngineID = Self.octets(octets, peek.contextEngineID.prefix(32))
    contextName = Self.octets(octets, peek.contextName.prefix(255))
    guard let decoder = try? NotificationDecoder(octets, peek: peek) else {
      var oid = TrapOID()
      if peek.readTrapOID(from: octets, into: &oid) { notificationID = Self.arcs(oid) }
      return
    }
    var oid = TrapOID()
    if decoder.readTrapOID(into: &oid, from: octets) { notificationID = Self.arcs(oid) }
    if showsEncrypted || !isDecrypted { readVariables(decoder, octets) }
  }

  /// As snmptrapd has them: all of an SNMPv2 notification but snmpTrapOID.0, and of a Trap-PDU those that RFC 3584 §3.1
  /// gives it, without its community.
  private mutating func readVariables(_ decoder: NotificationDecoder, _ octets: Span<UInt8>) {
    var index: UInt32 = 0
    if decoder.kind == .trapV1, let uptime = decoder.uptime {
      index += 1
      add(index, Self.sysUpTime, .timeTicks, .timeTicks(uptime))
    }
    var varbinds = decoder.varbinds
    while let varbind = (try? varbinds.next(octets)) ?? nil {
      if decoder.isHeader(varbind), !varbind.isSysUpTime(octets) { continue }
      index += 1
      guard let variable = LoggedVariable(index: index, varbind, octets) else { continue }
      // Communities are secrets, also those that a proxy tells.
      if variable.name == Self.trapCommunity {
        add(index, variable.name, .octetString, .octets([]))
      } else {
        variables.append(variable)
      }
    }
    guard decoder.kind == .trapV1 else { return }
    if let address = decoder.agentAddress, !has(Self.trapAddress) {
      index += 1
      add(index, Self.trapAddress, .ipAddress, .ipAddress(address))
    }
    if let enterprise = decoder.enterprise, !has(Self.trapEnterprise) {
      add(index + 1, Self.trapEnterprise, .objectID, .name(Self.arcs(octets, enterprise)))
    }
  }

  private func has(_ name: [UInt32]) -> Bool { variables.contains { $0.name == name } }

  private mutating func add(
    _ index: UInt32, _ name: [UInt32], _ type: LoggedVariable.ValueType, _ value: ManagedValue
  ) {
    variables.append(LoggedVariable(index: index, name: name, type: type, value: value))
  }

  /// For each type of value that is among the variables, its bit.
  internal var types: UInt16 { variables.reduce(0) { $0 | 1 << UInt16($1.type.rawValue) } }

  /// The variable of that index, or the first one at or after it with a value of this type; nil for any type.
  internal func variable(from index: UInt32, type: LoggedVariable.ValueType?) -> LoggedVariable? {
    variables.first { $0.index >= index && (type == nil || $0.type == type) }
  }

  // MARK: - Copies out of a datagram

  internal static func octets(_ octets: Span<UInt8>, _ range: Range<Int>) -> [UInt8] { range.map { octets[$0] } }

  /// Of checked content octets; at most the 128 that an OID has.
  internal static func arcs(_ octets: Span<UInt8>, _ content: Range<Int>) -> [UInt32] {
    var oid = TrapOID()
    return oid.fill(from: octets, content) ? arcs(oid) : []
  }

  private static func arcs(_ oid: TrapOID) -> [UInt32] { (0..<min(oid.count, 128)).map { oid[$0] } }
}
