/// By what one authenticated message is known again. 40 octets.
///
/// The digest alone tells messages apart: it is an HMAC over all of their octets, and nothing in a message can change
/// without it, nor can it be right at two places in two ways. But MD5 and SHA-1 leave 96 bits of it, so a second message
/// must also be of the same engine, have the same message ID, and be as long: of honest senders no two recent messages
/// are alike in these, and who can choose digests has the key anyway.
struct RepeatRecord: Equatable {
  /// The first 16 octets of msgAuthenticationParameters, zeroes behind a shorter one.
  var digestHigh: UInt64
  var digestLow: UInt64
  /// Hash of the engine ID.
  var engine: UInt64
  /// msgID and octets of the message.
  var shape: UInt64
  /// Monotonic nanoseconds.
  var arrived: UInt64 = 0

  static func == (left: RepeatRecord, right: RepeatRecord) -> Bool {
    left.digestHigh == right.digestHigh && left.digestLow == right.digestLow && left.engine == right.engine
      && left.shape == right.shape
  }
}

extension RepeatRecord {
  init(_ record: RepeatRecord, arrived: UInt64) {
    self = record
    self.arrived = arrived
  }
}
