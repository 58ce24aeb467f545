internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import TrapControl

/// A fetched batch as an answer: written piece by piece as its client reads, so that no second copy of it waits in the
/// connection, and given up where the client stops reading.
internal struct BatchAnswer: Sendable {
  let batch: LentBatch
  let channel: any Channel
  /// Seconds that one piece may take to be read.
  let patience: Int64

  /// Octets: about what a connection takes in before it lets its writer wait.
  private static let piece = 64 << 10

  var response: Response {
    var headers = APIAnswer.fields(nil)
    for header in batch.headers {
      guard let name = HTTPField.Name(header.name) else { continue }
      headers.append(HTTPField(name: name, value: header.value))
    }
    return Response(status: .ok, headers: headers, body: body)
  }

  private var body: ResponseBody {
    guard batch.body.count > Self.piece else { return ResponseBody(byteBuffer: ByteBuffer(bytes: batch.body)) }
    return ResponseBody(contentLength: batch.body.count) { writer in
      var start = 0
      while start < batch.body.count {
        let end = min(start + Self.piece, batch.body.count)
        // A client that stops reading would keep the body for as long as it likes.
        let cut = channel.eventLoop.scheduleTask(in: .seconds(patience)) { channel.close(promise: nil) }
        defer { cut.cancel() }
        try await writer.write(ByteBuffer(bytes: batch.body[start..<end]))
        start = end
      }
      try await writer.finish(nil)
    }
  }
}
