internal import TrapControl

/// Sends the letters of some files to an engine in chunks, in order, and waits where its queue is full.
struct ReplayRun {
  struct Report {
    /// Letters that the engine's queue took, or would be sent in a dry run.
    var replayed = 0
    var badLines = 0
    /// Where to go on; nil where all was done.
    var resume: ReplayPlace?
  }

  /// Octets of one request's body at most, but for a single letter that is larger.
  private static let chunkMax = 1 << 20
  /// Nanoseconds to wait for room in the queue: at first, and at most.
  private static let pauses: (first: UInt64, most: UInt64) = (200_000_000, 5_000_000_000)

  /// nil: only look.
  let client: APIClient?
  let engine: String
  let interruption: Interruption
  private(set) var report = Report()
  private var progress: ReplayProgress
  private var chunk: [(line: [UInt8], place: ReplayPlace)] = []
  private var chunkOctets = 0
  private var done = 0

  /// `total`: octets of all files, where they are known.
  init(client: APIClient?, engine: String, interruption: Interruption, total: Int?) {
    (self.client, self.engine, self.interruption) = (client, engine, interruption)
    progress = ReplayProgress(total: total)
  }

  /// Reads the file from a line on. False where an interruption ended it; `report.resume` says where.
  mutating func replay(_ file: LetterFile, from first: Int) throws -> Bool {
    let interruption = interruption
    while true {
      let text = try file.next { interruption.isSet }
      let place = ReplayPlace(path: file.path, line: file.line)
      switch text {
      case .end: return interruption.isSet ? interrupted(at: ReplayPlace(path: file.path, line: file.line + 1)) : true
      case .tooLong: if place.line >= first { complain(place, "is longer than \(LetterFile.lineMax) octets") }
      case .text(let line):
        done += line.count + 1
        guard place.line >= first, !line.isEmpty else { continue }
        if let complaint = LetterCheck.complaint(line) {
          complain(place, complaint)
        } else {
          if chunkOctets + line.count + 1 > ReplayRun.chunkMax, try !flush() { return false }
          chunk.append((line, place))
          chunkOctets += line.count + 1
        }
      }
      if interruption.isSet { return interrupted(at: ReplayPlace(path: file.path, line: file.line + 1)) }
    }
  }

  /// Sends what is left of the last chunk.
  mutating func finish() throws -> Bool {
    let isWhole = try flush()
    progress.clear()
    return isWhole
  }

  private mutating func interrupted(at next: ReplayPlace) -> Bool {
    progress.clear()
    report.resume = chunk.first?.place ?? next
    return false
  }

  private mutating func complain(_ place: ReplayPlace, _ text: String) {
    progress.clear()
    report.badLines += 1
    StandardError.print("\(place): \(text)")
  }

  /// Sends the chunk until the queue has taken all of it. False where an interruption came first.
  private mutating func flush() throws -> Bool {
    var pause = ReplayRun.pauses.first
    while !chunk.isEmpty {
      guard let client else {
        take(chunk.count)
        break
      }
      let result = try send(client)
      take(result.replayed)
      guard !chunk.isEmpty else { break }
      pause = result.replayed > 0 ? ReplayRun.pauses.first : min(pause * 2, ReplayRun.pauses.most)
      progress.show(letters: report.replayed, done: done - chunkOctets, note: "the queue of \(engine) is full; waiting")
      interruption.pause(nanoseconds: pause)
      if interruption.isSet { return interrupted(at: chunk[0].place) }
    }
    progress.show(letters: report.replayed, done: done)
    return true
  }

  private mutating func send(_ client: APIClient) throws -> ReplayResult {
    var body: [UInt8] = []
    body.reserveCapacity(chunkOctets)
    for letter in chunk { body += letter.line + [UInt8(ascii: "\n")] }
    do throws(APIError) {
      let result = try client.replay(body, to: engine)
      // An answer that takes nothing and does not say that the queue is full would be asked for for ever.
      guard result.isFull || result.replayed >= chunk.count else {
        throw .answer("\(result.replayed) of \(chunk.count) letters were taken, and the queue is not full")
      }
      return result
    } catch {
      if error.status == 429 || error.status == 503 { return ReplayResult(replayed: 0, isFull: true) }
      progress.clear()
      report.resume = chunk.first?.place
      throw ReplayError(cause: error, replayed: report.replayed, letters: chunk.count, resume: report.resume)
    }
  }

  private mutating func take(_ count: Int) {
    let taken = min(max(count, 0), chunk.count)
    chunkOctets -= chunk.prefix(taken).reduce(0) { $0 + $1.line.count + 1 }
    chunk.removeFirst(taken)
    report.replayed += taken
  }
}
