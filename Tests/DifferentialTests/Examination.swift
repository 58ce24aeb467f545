/// Looks for oddities, with a reader of its own that follows whatever it finds as far as it can.
struct Examination {
  private(set) var oddities: Set<Oddity> = []
  private let octets: [UInt8]

  private struct Element {
    let tag: UInt8
    let content: Range<Int>
  }

  private struct End: Error {}

  /// - Parameter octets: of a message, decrypted where it was encrypted.
  init(_ octets: [UInt8]) {
    self.octets = octets
    try? message()
  }

  /// The element at `offset`, which then stands behind it; its content is clamped to `end`.
  private mutating func element(_ offset: inout Int, _ end: Int) throws(End) -> Element {
    guard offset + 2 <= end else { throw End() }
    let tag = octets[offset]
    var length = Int(octets[offset + 1])
    offset += 2
    if length >= 0x80 {
      let width = length - 0x80
      guard 1...8 ~= width, offset + width <= end else { throw End() }
      length = 0
      for octet in octets[offset..<offset + width] { length = min(length, 1 << 40) << 8 | Int(octet) }
      offset += width
    }
    if length > end - offset { oddities.insert(.overrun) }
    let content = offset..<min(end, offset + length)
    offset = content.upperBound
    return Element(tag: tag, content: content)
  }

  private mutating func string(_ offset: inout Int, _ end: Int) throws(End) {
    if try element(&offset, end).tag != 0x04 { oddities.insert(.tag) }
  }

  private mutating func integer(_ offset: inout Int, _ end: Int) throws(End) -> Int {
    let element = try element(&offset, end)
    if element.tag != 0x02 { oddities.insert(.tag) }
    if element.content.count > 4 { oddities.insert(.wideInteger) }
    var value = element.content.first.map { Int(Int8(bitPattern: octets[$0])) } ?? 0
    for index in element.content.dropFirst() { value = value << 8 | Int(octets[index]) }
    return value
  }

  private mutating func message() throws(End) {
    var offset = 0
    let whole = try element(&offset, octets.count).content
    offset = whole.lowerBound
    let version = try integer(&offset, whole.upperBound)
    guard version == 3 else {
      try string(&offset, whole.upperBound)
      return try pdu(offset, whole.upperBound)
    }
    try globalData(try element(&offset, whole.upperBound).content)
    let security = try element(&offset, whole.upperBound)
    if security.tag != 0x04 { oddities.insert(.tag) }
    try securityParameters(security.content)
    var data = try element(&offset, whole.upperBound)
    if data.tag != 0x30 {
      if data.tag != 0x04 { oddities.insert(.tag) }
      offset = data.content.lowerBound
      data = try element(&offset, data.content.upperBound)
    }
    offset = data.content.lowerBound
    try string(&offset, data.content.upperBound)
    try string(&offset, data.content.upperBound)
    try pdu(offset, data.content.upperBound)
  }

  private mutating func globalData(_ range: Range<Int>) throws(End) {
    var offset = range.lowerBound
    let identifier = try integer(&offset, range.upperBound)
    let maximumSize = try integer(&offset, range.upperBound)
    let flags = try element(&offset, range.upperBound)
    if flags.tag != 0x04 { oddities.insert(.tag) }
    let areKnown = flags.content.first.map { octets[$0] < 8 } ?? false
    if identifier < 0 || maximumSize < 484 || !areKnown { oddities.insert(.header) }
  }

  private mutating func securityParameters(_ range: Range<Int>) throws(End) {
    var offset = range.lowerBound
    let fields = try element(&offset, range.upperBound).content
    if offset < range.upperBound { oddities.insert(.wrapper) }
    offset = fields.lowerBound
    try string(&offset, fields.upperBound)
    _ = try integer(&offset, fields.upperBound)
    _ = try integer(&offset, fields.upperBound)
    for _ in 0..<3 { try string(&offset, fields.upperBound) }
  }

  private mutating func pdu(_ start: Int, _ end: Int) throws(End) {
    var offset = start
    let pdu = try element(&offset, end)
    offset = pdu.content.lowerBound
    for _ in 0..<(pdu.tag == 0xA4 ? 5 : 3) {
      value(try element(&offset, pdu.content.upperBound))
    }
    let list = try element(&offset, pdu.content.upperBound).content
    offset = list.lowerBound
    while offset < list.upperBound {
      let varbind = try element(&offset, list.upperBound).content
      var place = varbind.lowerBound
      value(try element(&place, varbind.upperBound))
      value(try element(&place, varbind.upperBound))
      if place < varbind.upperBound { oddities.insert(.trailing) }
    }
  }

  private mutating func value(_ element: Element) {
    let content = octets[element.content]
    switch element.tag {
    case 0x02: if content.count > 4 { oddities.insert(.wideInteger) }
    case 0x41, 0x42, 0x43, 0x47: if content.count > 4 { oddities.insert(.wideInteger) }
    case 0x46: if content.count > 8 { oddities.insert(.wideInteger) }
    case 0x03: oddities.insert(.bitString)
    case 0x05, 0x80, 0x81, 0x82: if !content.isEmpty { oddities.insert(.filledNull) }
    case 0x06: subidentifiers(content)
    case 0x44: if content.first == 0x9F { oddities.insert(.opaque) }
    default: break
    }
  }

  private mutating func subidentifiers(_ content: ArraySlice<UInt8>) {
    var (width, arc) = (0, 0)
    for octet in content {
      width += 1
      arc = min(arc, 1 << 40) << 7 | Int(octet & 0x7F)
      if width == 1 && octet == 0x80 || arc > UInt32.max { oddities.insert(.subidentifier) }
      if octet < 0x80 { (width, arc) = (0, 0) }
    }
  }
}
