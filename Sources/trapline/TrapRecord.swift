/// What a person is shown of one line of JSON records (`Documentation/JSONFormat.md`): a trap, or a gap.
struct TrapRecord: Decodable {
  struct Trap: Decodable { var oid: String }

  struct Varbind: Decodable {
    var oid: String
    var value: JSONScalar?
    var hex: String?
  }

  struct Missed: Decodable {
    var count: UInt64
    var first: UInt64, last: UInt64
    var from: String?, until: String?
    var cause: String
  }

  var missed: Missed?
  var sequence: UInt64?
  var received: String?
  var source: String?
  var agent: String?
  var version: String?
  var pdu: String?
  /// v3: the members that `user` has in hexadecimal where it is not printable, and who vouches for it.
  var user: String?, userHex: String?, engineID: String?, verified: Bool?
  var odd: String?
  var trap: Trap?
  var varbinds: [Varbind]?
  var attributes: [String: String]?
  var error: String?
}
