internal import Glibc
internal import Logging
internal import TrapDispatch

/// Writes batches, and knows exactly how far each got. Confined to the engine's thread once it is open.
internal final class FileEngineWriter {
  internal let settings: FileEngineSettings
  internal let log: Logger
  internal var file: OutputFile
  private var records: RecordWriter
  /// Records that are written but not yet handed to the kernel, and where each ends.
  private var buffer: [UInt8] = []
  private var ends: [Int] = []
  /// The batch that is partly out, and how many of its records stand in the file or will with `rest`.
  private var unfinished: (batch: BatchID, records: Int)?
  /// The rest of a record of which the first part stands in the file. Goes out before anything else.
  internal var rest: [UInt8] = []
  internal var isReopenWanted = false
  /// The size at which the next rotation is due.
  internal var rotateAt = Int.max

  private static let bufferSize = 64 << 10

  init(_ settings: FileEngineSettings, log: Logger) {
    self.settings = settings
    self.log = log
    file = OutputFile(settings)
    records = RecordWriter(format: settings.format, options: settings.json)
    buffer.reserveCapacity(2 * Self.bufferSize)
  }

  /// Writes what of the batch is not yet out.
  func write(_ batch: DeliveryBatch) -> DeliveryOutcome {
    do throws(SystemError) {
      try openAgain()
      try writeRest()
      try reopenIfWanted()
      // The file that was opened may end in the middle of a line.
      try writeRest()
      if unfinished?.batch != batch.id { unfinished = (batch.id, 0) }
      try writeRecords(batch)
      try flush()
      try synchronize()
      unfinished = nil
      return .acknowledged
    } catch {
      return .unavailable(
        reason: "\(settings.shownPath): \(error); \(FileEngineRemedy.text(for: error, path: settings.path))")
    }
  }

  private func writeRecords(_ batch: DeliveryBatch) throws(SystemError) {
    var toSkip = unfinished?.records ?? 0
    buffer.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for gap in batch.gaps {
      if toSkip > 0 {
        toSkip -= 1
      } else {
        records.append(gap, to: &buffer)
        try finishRecord()
      }
    }
    try batch.forEachTrap { (trap, octets) throws(SystemError) in
      if toSkip > 0 {
        toSkip -= 1
      } else {
        records.append(trap, octets, of: batch, to: &buffer)
        try finishRecord()
      }
    }
  }

  private func finishRecord() throws(SystemError) {
    ends.append(buffer.count)
    if buffer.count >= Self.bufferSize || file.size + buffer.count >= rotateAt { try flush() }
  }

  /// Hands the buffer to the kernel. Where it stops half-way, notes how far it got.
  private func flush() throws(SystemError) {
    guard !buffer.isEmpty else { return }
    let (count, failure) = file.write(buffer, 0..<buffer.count)
    if let failure {
      noteStop(at: count)
      throw failed(failure)
    }
    unfinished?.records += ends.count
    buffer.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    rotateIfDue()
  }

  private func noteStop(at count: Int) {
    let whole = ends.firstIndex(where: { $0 > count }) ?? ends.count
    unfinished?.records += whole
    let isInside = whole < ends.count && count > (whole > 0 ? ends[whole - 1] : 0)
    guard isInside else { return }
    rest = Array(buffer[count..<ends[whole]])
    unfinished?.records += 1
  }

  private func writeRest() throws(SystemError) {
    guard !rest.isEmpty else { return }
    let (count, failure) = file.write(rest, 0..<rest.count)
    rest.removeFirst(count)
    if let failure { throw failed(failure) }
  }

  /// A reader that has gone takes its half of a record with it: the next one gets the whole record.
  private func failed(_ failure: SystemError) -> SystemError {
    guard failure.number == EPIPE else { return failure }
    if !rest.isEmpty { unfinished?.records -= 1 }
    rest.removeAll()
    file.close()
    return failure
  }

  /// After a failed fdatasync(2) the kernel may have let go of what was not on the disk: the batch is written again.
  private func synchronize() throws(SystemError) {
    guard settings.sync == .batch else { return }
    do throws(SystemError) {
      try file.synchronize()
    } catch {
      unfinished = nil
      log.error("\(settings.name): \(settings.path): fdatasync: \(error); the batch will stand there twice")
      throw error
    }
  }
}
