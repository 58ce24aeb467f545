import Testing

@testable import SNMPWire

@Suite("Responses and Reports")
struct AnswerPDUTests {
  private static let counter = [UInt8]([0x2B, 6, 1, 6, 3, 15, 1, 1, 4, 0])

  private func pdu(_ tag: UInt8, id: Int32 = 77, status: Int32 = 0, index: Int32 = 0) -> [UInt8] {
    BER.element(
      tag, BER.integer(id), BER.integer(status), BER.integer(index),
      BER.sequence(BER.sequence(BER.element(0x06, Self.counter), BER.element(0x41, [9]))))
  }

  @Test("the response to an SNMPv2c inform tells its request ID and error", arguments: [0, 5, 16] as [Int32])
  func community(status: Int32) throws {
    let message = BER.sequence(
      BER.integer(1), BER.string("public"), pdu(BERTag.response, id: -9, status: status, index: 2))
    let read = AnswerPDU.readCommunityMessage(message.span)
    let answer = try #require(read)
    #expect(answer.requestID == -9 && answer.errorStatus == status && answer.errorIndex == 2 && !answer.isReport)
  }

  @Test("a response without varbinds is read")
  func bare() throws {
    let bare = BER.element(BERTag.response, BER.integer(1), BER.integer(0), BER.integer(0), BER.sequence([]))
    let message = BER.sequence(BER.integer(1), BER.string("public"), bare)
    let read = AnswerPDU.readCommunityMessage(message.span)
    let answer = try #require(read)
    #expect(answer.firstName.isEmpty)
  }

  @Test("a Report tells which counter it is about, padding behind it or not", arguments: [0, 7])
  func report(padding: Int) throws {
    let scoped =
      BER.sequence(BER.string("engine"), BER.string("context"), pdu(BERTag.report))
      + [UInt8](repeating: 0xAA, count: padding)
    let read = AnswerPDU.readScopedPDU(scoped.span, at: 0..<scoped.count)
    let answer = try #require(read)
    #expect(answer.isReport && answer.requestID == 77 && answer.firstName == Self.counter)
  }

  @Test("what is no answer is none: other PDUs, SNMPv3, and every cut of an answer")
  func others() {
    for tag in [0xA0, 0xA1, 0xA4, 0xA5, 0xA6, 0xA7] as [UInt8] {
      let message = BER.sequence(BER.integer(1), BER.string("public"), pdu(tag))
      let answer = AnswerPDU.readCommunityMessage(message.span)
      #expect(answer == nil)
    }
    let version3 = BER.sequence(BER.integer(3), BER.string("public"), pdu(BERTag.response))
    let none = AnswerPDU.readCommunityMessage(version3.span)
    #expect(none == nil)
    let whole = BER.sequence(BER.integer(1), BER.string("public"), pdu(BERTag.response))
    for count in 0..<whole.count {
      let cut = Array(whole.prefix(count))
      let answer = AnswerPDU.readCommunityMessage(cut.span)
      #expect(answer == nil)
    }
  }
}
