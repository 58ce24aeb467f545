import Foundation
import SNMPWire

/// Real datagrams, and what Net-SNMP 5.9.3 made of them.
enum Fixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  /// Sent by snmptrap and snmpinform: linkDown; every type; v1 enterprise-specific; v1 linkDown without agent-addr; an
  /// inform; v1 coldStart without varbinds.
  static let datagrams: [[UInt8]] = hexLines(folder.appending(path: "net-snmp-5.9.3.hex"))

  /// Sent by snmptrap -v3, user noc: noAuthNoPriv with context edge, authNoPriv, authPriv.
  static let version3: [[UInt8]] = hexLines(folder.appending(path: "net-snmp-v3.hex"))

  /// The authPriv message with a scoped PDU in the place of its encryption, as it stands once it was decrypted: by default
  /// that of the first, and octets of padding.
  static func decrypted(_ scopedPDU: [UInt8]? = nil) throws -> [UInt8] {
    let (plain, sealed) = (version3[0], version3[2])
    let scopedData = try V3Header.read(plain.span).scopedData
    let start = 2 + (sealed[1] < 0x80 ? 0 : Int(sealed[1] & 0x7F))
    let head = sealed[start..<(try TrapPeek.read(sealed.span)).pduTag]
    var message = BERWriter()
    message.sequence { message in
      message.raw(head)
      message.octetString((scopedPDU ?? Array(plain[scopedData])) + [7, 7, 7])
    }
    return message.octets
  }

  static func hexLines(_ file: URL) -> [[UInt8]] {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { line in
      let digits = line.utf8.map { UInt8($0 < 58 ? $0 - 48 : $0 - 87) }
      return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
  }

  static let corpus: [[UInt8]] = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["TRAPLINE_SHARED"].map { URL(filePath: $0) }
      ?? package.deletingLastPathComponent().appending(path: "shared")
    let corpus = shared.appending(path: "corpus")
    let projects = (try? FileManager.default.contentsOfDirectory(atPath: corpus.path)) ?? []
    if projects.isEmpty { print("skipped: no corpus at \(corpus.path)") }
    return projects.sorted().flatMap { hexLines(corpus.appending(path: "\($0)/packets.hex")) }
  }()
}
