internal import Glibc
internal import TrapBatching

/// Where a file engine writes: a regular file, a FIFO, a device, or standard output. Confined to one thread.
internal struct OutputFile: ~Copyable {
  private let settings: FileEngineSettings
  private var descriptor = Descriptor.none
  private(set) var kind = FileStatus.Kind.other
  /// Octets in the file, as far as we know; meant for regular files.
  private(set) var size = 0
  /// A descriptor that blocks is given no more at a time than a pipe takes whole once it says that it is writable.
  private var chunkMax = Int.max

  init(_ settings: FileEngineSettings) {
    self.settings = settings
  }

  var isOpen: Bool { descriptor.raw >= 0 }

  /// Opens the path, or takes over standard output. A FIFO without a reader fails with ENXIO.
  mutating func open() throws(SystemError) {
    chunkMax = .max
    let opened = settings.isStandardOutput ? try standardOutput() : try path()
    let status = try opened.status()
    guard status.kind != .directory else { throw SystemError(EISDIR) }
    (kind, size) = (status.kind, status.size)
    descriptor = consume opened
  }

  mutating func close() { descriptor = .none }

  private func path() throws(SystemError) -> Descriptor {
    // Without O_NONBLOCK a FIFO that nobody reads would hold the caller; for a regular file it means nothing.
    try Descriptor.open(settings.path, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY)
  }

  /// A pipe or a terminal is opened anew, so that our O_NONBLOCK is not everybody's who shares it.
  private mutating func standardOutput() throws(SystemError) -> Descriptor {
    let shared = try Descriptor.duplicate(STDOUT_FILENO)
    guard try shared.status().kind != .regular else { return shared }
    do throws(SystemError) {
      return try Descriptor.open("/proc/self/fd/1", O_WRONLY | O_NONBLOCK | O_NOCTTY)
    } catch {
      // A socket can't be opened by its path: it is written in pieces that fit.
      chunkMax = 4096
      return shared
    }
  }

  /// Writes all of `octets[range]`, or as much as goes: how many went out, and what stopped it.
  mutating func write(_ octets: [UInt8], _ range: Range<Int>) -> (count: Int, failure: SystemError?) {
    guard isOpen else { return (0, SystemError(EBADF)) }
    var next = range.lowerBound
    var stalledAt = SystemClock.monotonic() + settings.stallTimeout
    while next < range.upperBound {
      do throws(SystemError) {
        let count = try writeOnce(octets, next..<min(range.upperBound, next + min(chunkMax, octets.count)))
        next += count
        if count > 0 { stalledAt = SystemClock.monotonic() + settings.stallTimeout }
        if next < range.upperBound, SystemClock.monotonic() >= stalledAt { throw SystemError(EAGAIN) }
      } catch {
        size += next - range.lowerBound
        return (next - range.lowerBound, error)
      }
    }
    size += range.count
    return (range.count, nil)
  }

  /// Zero where a pipe takes nothing for now; a quarter of a second has passed then.
  private func writeOnce(_ octets: [UInt8], _ range: Range<Int>) throws(SystemError) -> Int {
    let raw = descriptor.raw
    if kind != .regular, !Poll.isWritable(raw, milliseconds: 250) { return 0 }
    do throws(SystemError) {
      return try descriptor.write(octets, range)
    } catch {
      guard error.number == EAGAIN, kind != .regular else { throw error }
      return 0
    }
  }

  func synchronize() throws(SystemError) {
    guard kind == .regular, isOpen else { return }
    try descriptor.synchronize()
  }

  mutating func truncate(to size: Int) throws(SystemError) {
    try descriptor.truncate(to: size)
    self.size = size
  }

  /// The last `limit` octets of a regular file, empty where it may not be read.
  func tail(_ limit: Int) -> [UInt8] {
    guard kind == .regular, size > 0 else { return [] }
    let path = settings.isStandardOutput ? "/proc/self/fd/1" : settings.path
    do throws(SystemError) {
      return try Descriptor.open(path, O_RDONLY).read(atMost: min(limit, size), at: max(0, size - limit))
    } catch {
      return []
    }
  }
}
