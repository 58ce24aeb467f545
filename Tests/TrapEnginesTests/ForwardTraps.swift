import SNMPWire
import TrapBatching
import TrapSecurity

@testable import TrapEngines

/// Notifications to send on, and what a receiver answers.
enum ForwardTraps {
  static let local = LocalEngine(engineID: [0x80, 0, 0x1F, 0x88, 4, 7, 7, 7, 7], boots: 3, started: 0)

  static func settings(_ port: UInt16, _ change: (inout ForwardEngineSettings) -> Void = { _ in })
    -> ForwardEngineSettings
  {
    var settings = ForwardEngineSettings(
      name: "onward", address: SourceAddress(ipv4: 0x7F00_0001), port: port, local: local)
    // A slow machine is no silent receiver: the tests of silence set their own.
    settings.timeout = TestBatch.patience
    change(&settings)
    return settings
  }

  static func open(
    _ port: UInt16, _ change: (inout ForwardEngineSettings) -> Void = { _ in }
  ) throws -> ForwardEngine {
    try ForwardEngine.open(settings(port, change), seed: 1, log: TestBatch.log())
  }

  /// An SNMPv2c notification with one more varbind, an INTEGER or a Counter64.
  static func v2c(_ number: Int32, tag: UInt8 = BERTag.trapV2, counter64: Bool = false) -> [UInt8] {
    var message = BERWriter()
    message.sequence { fields in
      fields.integer(1)
      fields.octetString("public".utf8)
      fields.constructed(tag) { pdu in
        pdu.integer(Int64(number))
        pdu.integer(0)
        pdu.integer(0)
        pdu.sequence { list in
          list.varbind([1, 3, 6, 1, 2, 1, 1, 3, 0]) { $0.integer(100, tag: BERTag.timeTicks) }
          list.varbind([1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0]) { $0.objectIdentifier([1, 3, 6, 1, 4, 1, 8072, 0, 5]) }
          list.varbind([1, 3, 6, 1, 4, 1, 8072, 1]) {
            $0.integer(Int64(number), tag: counter64 ? BERTag.counter64 : BERTag.integer)
          }
        }
      }
    }
    return message.octets
  }

  /// The response to an SNMPv2c inform.
  static func response(to inform: [UInt8], errorStatus: Int64 = 0) -> [UInt8] {
    let peek = try? TrapPeek.read(inform.span)
    let id = requestID(inform)
    var message = BERWriter()
    message.sequence { fields in
      fields.integer(1)
      fields.octetString(inform[peek?.community ?? 0..<0])
      fields.constructed(BERTag.response) { pdu in
        pdu.integer(Int64(id))
        pdu.integer(errorStatus)
        pdu.integer(errorStatus == 0 ? 0 : 1)
        pdu.sequence { _ in }
      }
    }
    return message.octets
  }

  static func requestID(_ octets: [UInt8]) -> Int32 {
    guard let peek = try? TrapPeek.read(octets.span) else { return 0 }
    return (try? NotificationDecoder(octets.span, peek: peek))?.requestID ?? 0
  }

  /// What follows the request ID in a PDU.
  static func behindRequestID(_ octets: [UInt8]) -> [UInt8] {
    guard let peek = try? TrapPeek.read(octets.span) else { return [] }
    var pdu = BERReader(peek.pdu)
    guard (try? pdu.integer32(octets.span)) != nil else { return [] }
    return Array(octets[pdu.offset..<peek.pdu.upperBound])
  }

  /// The INTEGER that `v2c` put in.
  static func number(_ octets: [UInt8]) -> Int64? {
    guard let peek = try? TrapPeek.read(octets.span),
      let decoder = try? NotificationDecoder(octets.span, peek: peek)
    else { return nil }
    var reader = decoder.varbinds
    while let varbind = try? reader.next(octets.span) {
      if varbind.type == .integer32 { return varbind.integer(octets.span) }
    }
    return nil
  }

  static func end(_ engine: ForwardEngine) -> Bool {
    engine.stop()
    return engine.waitUntilStopped(nanoseconds: TestBatch.patience)
  }
}

extension BERWriter {
  fileprivate mutating func varbind(_ name: [UInt32], _ value: (inout BERWriter) -> Void) {
    sequence { varbind in
      varbind.objectIdentifier(name)
      value(&varbind)
    }
  }
}
