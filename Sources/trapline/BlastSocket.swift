internal import CTrapBlast
internal import Glibc

/// A UDP socket that sends batches of prebuilt messages, each from its own source address where one is asked for.
@safe final class BlastSocket {
  static let batchMax = Int(BLAST_BATCH_MAX)
  static let messageMax = Int(BLAST_MESSAGE_MAX)

  private let socket: OpaquePointer

  init(_ target: BlastTarget) throws(BlastError) {
    guard let made = unsafe blast_open(target.host, target.port) else {
      let reason = unsafe String(cString: strerror(errno))
      throw .socket(target: target.description, reason: reason)
    }
    unsafe socket = made
  }

  deinit { unsafe blast_close(socket) }

  /// Writes message `index` of the next batch: the template, with its numbers in place.
  func write(
    _ template: TrapTemplate, at index: Int, sequence: UInt64, sourceSequence: UInt64, from source: UInt32
  ) {
    precondition(index >= 0 && index < BlastSocket.batchMax, "message \(index) of a batch")
    precondition(template.octets.count <= BlastSocket.messageMax, "a message of \(template.octets.count) octets")
    let message = unsafe UnsafeMutableBufferPointer(
      start: blast_message(socket, UInt32(index)), count: BlastSocket.messageMax)
    _ = unsafe message.update(fromContentsOf: template.octets)
    unsafe BlastSocket.put(sequence, at: template.sequenceRange, in: message)
    unsafe BlastSocket.put(sourceSequence, at: template.sourceSequenceRange, in: message)
    // The two high bits keep the request ID at four octets and positive.
    if !template.requestIDRange.isEmpty {
      unsafe BlastSocket.put(0x4000_0000 | sequence & 0x3fff_ffff, at: template.requestIDRange, in: message)
    }
    unsafe blast_set(socket, UInt32(index), UInt32(template.octets.count), source)
  }

  private static func put(_ value: UInt64, at range: Range<Int>, in message: UnsafeMutableBufferPointer<UInt8>) {
    var rest = value
    for place in range.reversed() {
      unsafe message[place] = UInt8(truncatingIfNeeded: rest)
      rest >>= 8
    }
  }

  /// Sends messages of the batch; how many the kernel took, or the system's error where it took none.
  func send(_ range: Range<Int>) -> Result<Int, SendRefusal> {
    let taken = unsafe blast_send(socket, UInt32(range.lowerBound), UInt32(range.upperBound))
    return taken < 0 ? .failure(SendRefusal(code: -taken)) : .success(Int(taken))
  }
}
