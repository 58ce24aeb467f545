internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Synchronization

/// Bounds what the bodies of all requests under way hold together, in octets.
internal final class BodyBudget: Sendable {
  /// What a registration may select fits many times over, and reading hostile JSON of more takes seconds.
  static let registrationMax = 128 << 10
  static let replayMax = 16 << 20
  /// A thousand requests of a hundred OIDs.
  static let pollMax = 4 << 20

  private let free = Mutex(18 << 20)

  /// The whole body, `max` octets at most. What it holds counts until `use` returns.
  func withBody<Result>(
    of request: Request, max: Int, _ use: (ByteBuffer) async throws(APIProblem) -> Result
  ) async throws(APIProblem) -> Result {
    let announced = request.headers[.contentLength].flatMap { Int($0) }
    if let announced, announced > max { throw Self.tooLong(max) }
    let share = announced ?? max
    let isGranted = free.withLock { free in
      guard share <= free else { return false }
      free -= share
      return true
    }
    guard isGranted else { throw APIProblem(503, "too many large requests are under way; try again in a second") }
    defer { free.withLock { $0 += share } }
    return try await use(try await Self.collect(request, max))
  }

  private static func collect(_ request: Request, _ max: Int) async throws(APIProblem) -> ByteBuffer {
    do {
      return try await request.body.collect(upTo: max)
    } catch is NIOTooManyBytesError {
      throw tooLong(max)
    } catch {
      throw APIProblem(400, "the body ended before its end; send it again")
    }
  }

  private static func tooLong(_ max: Int) -> APIProblem {
    APIProblem(413, "the body is longer than \(max >> 10) KiB; send less at a time")
  }
}
