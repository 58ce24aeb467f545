internal import Synchronization
internal import TrapBatching
package import TrapLedger

/// The traps that their processing engine refused one by one, kept in a file for each engine, to be looked at and replayed.
///
/// Two files of half the bound each: when the newer is full it takes the older one's place, so the oldest letters go
/// first. Writing happens in `writePending`, on a thread of its own (`start`): a disk that hangs costs letters, never
/// dispatch. A letter that cannot be kept is counted and told; its trap is `missed[dead-letter]` all the same.
package final class DeadLetters: Sendable {
  private struct State {
    var pending: [DeadLetter] = []
    var pendingOctets = 0
    var written: UInt64 = 0
    var failed: UInt64 = 0
    /// Octets of the files, by engine.
    var sizes: [String: Int] = [:]
  }

  package let directory: String
  /// Octets of one engine's two files together.
  package let bound: Int
  internal let waker = Waker()
  private let ledger: Ledger
  private let notify: @Sendable (DispatchNotice) -> Void
  private let state = Mutex(State())

  /// Octets of letters that wait for the disk; beyond it a letter is not kept.
  private static let pendingMax = 4 << 20

  package init(
    directory: String, bound: Int, ledger: Ledger, notify: @escaping @Sendable (DispatchNotice) -> Void = { _ in }
  ) {
    self.directory = directory
    self.bound = bound
    self.ledger = ledger
    self.notify = notify
  }

  /// Letters written, and letters that could not be kept.
  package var counts: (written: UInt64, failed: UInt64) { state.withLock { ($0.written, $0.failed) } }

  /// Queues a letter for the disk; never waits for it.
  package func put(_ letter: DeadLetter) {
    let isQueued = state.withLock { state in
      guard state.pendingOctets + letter.raw.utf8.count <= DeadLetters.pendingMax else {
        state.failed += 1
        return false
      }
      state.pending.append(letter)
      state.pendingOctets += letter.raw.utf8.count
      return true
    }
    if isQueued {
      waker.wake()
    } else {
      notify(.deadLetterFailed(engine: letter.engine, reason: "the disk does not keep up"))
    }
  }

  /// Writes what is queued.
  package func writePending() {
    let letters = state.withLock { state in
      let letters = state.pending
      state.pending = []
      state.pendingOctets = 0
      return letters
    }
    for letter in letters {
      let failure = write(letter)
      state.withLock { state in
        if failure == nil { state.written += 1 } else { state.failed += 1 }
      }
      if let failure { notify(.deadLetterFailed(engine: letter.engine, reason: failure)) }
    }
    guard !letters.isEmpty else { return }
    let (octets, engines) = state.withLock { ($0.sizes.values.reduce(0, +), $0.sizes.count) }
    ledger.set(.deadLetterOctets, UInt64(octets))
    let gauge = ledger.board.gauge(.deadLetterBytes)
    gauge.set(Int64(octets))
    gauge.limit = Int64(engines * bound)
  }

  /// All letters of an engine that are on the disk, oldest first: for a replay. Lines that are no letter are passed over.
  package func letters(of engine: String) -> [DeadLetter] {
    let octets = DeadLetterFile.read(path(engine, isOlder: true)) + DeadLetterFile.read(path(engine, isOlder: false))
    return octets.split(separator: UInt8(ascii: "\n")).compactMap { DeadLetter(line: $0) }
  }

  private func write(_ letter: DeadLetter) -> String? {
    guard let line = letter.line() else { return "it cannot be written as JSON" }
    guard line.count <= bound / 2 else { return "it is larger than half the bound of \(bound) octets" }
    let newer = path(letter.engine, isOlder: false)
    let older = path(letter.engine, isOlder: true)
    if let failure = DeadLetterFile.makeDirectory(directory) { return "\(directory): \(failure)" }
    if DeadLetterFile.size(newer) + line.count > bound / 2 {
      if let failure = DeadLetterFile.replace(older, by: newer) { return "\(older): \(failure)" }
    }
    if let failure = DeadLetterFile.append(line, to: newer) { return "\(newer): \(failure)" }
    let size = DeadLetterFile.size(newer) + DeadLetterFile.size(older)
    state.withLock { $0.sizes[letter.engine] = size }
    return nil
  }

  /// `<directory>/<engine>.ndjson`; what a file name cannot have in it stands as `%` and two hexadecimal digits.
  private func path(_ engine: String, isOlder: Bool) -> String {
    var name = ""
    for octet in engine.utf8 {
      let isPlain =
        octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet || UInt8(ascii: "a")...UInt8(ascii: "z") ~= octet | 0x20
      if isPlain {
        name += String(decoding: [octet], as: UTF8.self)
      } else {
        name += "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16)
      }
    }
    return "\(directory)/\(name)\(isOlder ? ".1" : "").ndjson"
  }
}
