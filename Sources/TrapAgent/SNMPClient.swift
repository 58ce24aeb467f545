internal import CNetSNMP

/// Asks an agent for a few values with SNMPv2c. Reads no MIB modules and no configuration.
///
/// For a process that has no other thread in Net-SNMP: the command-line tool, never the daemon.
package struct SNMPClient {
  /// In one request, so that the answer fits a datagram of 1472 octets.
  package static let objectsMax = 32

  /// The library makes the directory that it is given. A client has nothing to keep, so it gets one that cannot be made.
  private static let nowhere = "/dev/null/trapline"

  private let address: String
  private let community: String
  private let milliseconds: Int
  private let retries: Int
  private let base: ObjectName

  /// `address` as for the agent. `timeout` is for each of the `retries + 1` attempts, in milliseconds.
  package init(
    address: String, community: String = "public", timeout: Int = 1000, retries: Int = 1,
    baseOID: String = TraplineMIB.defaultBaseOID
  ) throws(SNMPClientError) {
    guard let base = ObjectName(baseOID) else { throw .unknownObject(baseOID) }
    self.base = base
    self.address = address
    self.community = community
    milliseconds = max(timeout, 1)
    self.retries = max(retries, 0)
    NetSNMPLibrary.prepareEnvironment()
    NetSNMPLibrary.isolate(stateDirectory: Self.nowhere)
    snmp_disable_log()
    NetSNMPLibrary.initializeClient()
  }

  /// The values of `objects`, in their order. Each is a dotted OID, or the name of a scalar of TRAPLINE-MIB.
  package func get(_ objects: [String]) throws(SNMPClientError) -> [SNMPValue] {
    guard (1...Self.objectsMax).contains(objects.count) else { throw .tooManyObjects(objects.count) }
    var names: [ObjectName] = []
    for object in objects { names.append(try resolve(object)) }
    switch ClientSession.get(
      names, address: address, community: Array(community.utf8), milliseconds: milliseconds, retries: retries)
    {
    case .answered(let values) where values.count == names.count: return values
    case .answered(let values):
      throw .failed(address: address, reason: "\(names.count) objects asked for, \(values.count) answered")
    case .noSession(let reason): throw .badAddress(address: address, reason: reason)
    case .timeout: throw .noAnswer(address: address, milliseconds: milliseconds, attempts: retries + 1)
    case .failed(let reason): throw .failed(address: address, reason: reason)
    }
  }

  private func resolve(_ object: String) throws(SNMPClientError) -> ObjectName {
    if let known = TraplineMIB.objects.first(where: { $0.name == object || $0.name + ".0" == object }) {
      return base + known.instance
    }
    guard let name = ObjectName(object) else { throw .unknownObject(object) }
    return name
  }
}
