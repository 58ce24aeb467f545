internal import Glibc
internal import Logging

extension FileEngineWriter {
  /// The first opening: what fails here is a mistake in the configuration. A FIFO may wait for its reader.
  func open() throws(SystemError) {
    do throws(SystemError) {
      try file.open()
    } catch {
      guard error.number == ENXIO else { throw error }
      log.notice("\(settings.name): \(settings.path) is a FIFO without a reader; traps wait for one")
      return
    }
    begin()
  }

  func close() {
    if !rest.isEmpty { log.warning("\(settings.name): \(settings.shownPath) ends in the middle of a record") }
    file.close()
  }

  /// `SIGHUP`. The file that is open first gets the end of its last record.
  func reopen() {
    guard !settings.isStandardOutput else { return }
    isReopenWanted = true
    if rest.isEmpty { _ = try? reopenIfWanted() }
  }

  /// A FIFO whose reader went, and standard output that was closed, are tried anew for every batch.
  func openAgain() throws(SystemError) {
    guard !file.isOpen else { return }
    try file.open()
    begin()
  }

  /// Traps go on into the old file, wherever it was moved to, as long as the path cannot be opened.
  func reopenIfWanted() throws(SystemError) {
    guard isReopenWanted else { return }
    do throws(SystemError) {
      if settings.sync == .batch, file.isOpen { try file.synchronize() }
      try file.open()
      isReopenWanted = false
      begin()
    } catch {
      guard file.isOpen else { throw error }
      isReopenWanted = false
      log.error("\(settings.name): \(settings.path) cannot be opened again: \(error); writing to the former file")
    }
  }

  func rotateIfDue() {
    guard file.size >= rotateAt, rest.isEmpty, let rotateSize = settings.rotateSize else { return }
    do throws(SystemError) {
      if settings.sync == .batch { try file.synchronize() }
      try file.rotate(path: settings.path, keep: settings.rotateKeep)
      begin()
    } catch {
      rotateAt = file.size + rotateSize
      log.error("\(settings.name): \(settings.path) cannot be rotated: \(error); it grows on")
    }
  }

  private func begin() {
    rotateAt = file.kind == .regular && !settings.isStandardOutput ? settings.rotateSize ?? .max : .max
    switch settings.format {
    case .json: endLastLine()
    case .raw: cutLastRecord()
    }
  }

  /// A daemon that was killed while it wrote leaves a line without its end.
  private func endLastLine() {
    guard let last = file.tail(1).last, last != UInt8(ascii: "\n") else { return }
    rest = [UInt8(ascii: "\n")]
    log.warning("\(settings.name): \(settings.shownPath) ended in the middle of a line, which is ended now")
  }

  private func cutLastRecord() {
    let tail = file.tail(RawRecord.sizeMax)
    guard let cut = RawTail.cut(tail) else { return }
    let size = file.size - (tail.count - cut)
    do throws(SystemError) {
      try file.truncate(to: size)
      log.warning("\(settings.name): \(settings.path) ended in the middle of a record; cut at octet \(size)")
    } catch {
      log.error("\(settings.name): \(settings.path) ends in the middle of a record and cannot be cut: \(error)")
    }
  }
}
