internal import Glibc
internal import Synchronization

/// The ledger's memory: a `MAP_SHARED` file, or anonymous memory where there is no state directory (tests, `--check`).
///
/// What was added to a `MAP_SHARED` page survives `kill -9`; it need not survive a power cut, and is not synced.
@safe package final class LedgerMapping: Sendable {
  private nonisolated(unsafe) let base: UnsafeMutableRawPointer
  package let byteCount: Int
  private let descriptor: CInt

  package var cellCount: Int { byteCount / 8 }

  /// Maps `byteCount` octets of `path`, made if need be, with the advisory lock that keeps a second daemon out.
  package static func file(_ path: String, byteCount: Int, readOnly: Bool = false) throws(LedgerError) -> LedgerMapping
  {
    let flags = readOnly ? O_RDONLY : O_RDWR | O_CREAT
    let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw .unusable(path: path, reason: reason(errno)) }
    do throws(LedgerError) {
      if readOnly {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_size >= byteCount else {
          throw .unusable(path: path, reason: "it is shorter than a ledger")
        }
      } else {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
          throw errno == EWOULDBLOCK ? .locked(path: path) : .unusable(path: path, reason: reason(errno))
        }
        guard ftruncate(descriptor, byteCount) == 0 else { throw .unusable(path: path, reason: reason(errno)) }
        // A hole in the file would turn a full disk into SIGBUS at the first count on that page.
        let allocated = posix_fallocate(descriptor, 0, byteCount)
        guard allocated == 0 else { throw .unusable(path: path, reason: reason(allocated)) }
      }
      return try LedgerMapping(descriptor: descriptor, byteCount: byteCount, readOnly: readOnly, path: path)
    } catch {
      close(descriptor)
      throw error
    }
  }

  package static func anonymous(byteCount: Int) throws(LedgerError) -> LedgerMapping {
    try LedgerMapping(descriptor: -1, byteCount: byteCount, readOnly: false, path: "memory")
  }

  private init(descriptor: CInt, byteCount: Int, readOnly: Bool, path: String) throws(LedgerError) {
    let protection = readOnly ? PROT_READ : PROT_READ | PROT_WRITE
    let sharing = descriptor < 0 ? MAP_SHARED | MAP_ANONYMOUS : MAP_SHARED
    let mapped = unsafe mmap(nil, byteCount, protection, sharing, descriptor, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw .unusable(path: path, reason: LedgerMapping.reason(errno))
    }
    unsafe self.base = mapped
    self.byteCount = byteCount
    self.descriptor = descriptor
  }

  deinit {
    unsafe munmap(base, byteCount)
    guard descriptor >= 0 else { return }
    // Explicitly: a child between fork and exec still has the descriptor, and would hold the lock for that long.
    _ = flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  internal func withCell<Result>(_ index: Int, _ body: (borrowing Atomic<UInt64>) -> Result) -> Result {
    // `Atomic<UInt64>` is laid out as the eight octets that it guards, so the mapping itself is the array of atomics.
    unsafe body(base.assumingMemoryBound(to: Atomic<UInt64>.self)[index])
  }

  internal func readOctets(at offset: Int, count: Int) -> [UInt8] {
    precondition(offset >= 0 && offset + count <= byteCount, "octets \(offset)+\(count) lie outside the ledger")
    return unsafe [UInt8](UnsafeRawBufferPointer(start: base + offset, count: count))
  }

  internal func writeOctets(_ octets: [UInt8], at offset: Int) {
    precondition(
      offset >= 0 && offset + octets.count <= byteCount, "octets \(offset)+\(octets.count) lie outside the ledger")
    unsafe octets.withUnsafeBytes { unsafe (base + offset).copyMemory(from: $0.baseAddress!, byteCount: octets.count) }
  }

  /// Writes all octets to a file of its own; a reader finds the whole copy or none.
  internal func copy(to path: String) throws(LedgerError) {
    let unfinished = path + ".new"
    let descriptor = unsafe open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw .unusable(path: unfinished, reason: LedgerMapping.reason(errno)) }
    let written = unsafe write(descriptor, base, byteCount)
    let failure = errno
    close(descriptor)
    guard written == byteCount else {
      throw .unusable(path: unfinished, reason: written < 0 ? LedgerMapping.reason(failure) : "the disk is full")
    }
    guard unsafe rename(unfinished, path) == 0 else { throw .unusable(path: path, reason: LedgerMapping.reason(errno)) }
  }

  internal func erase(from offset: Int) {
    precondition(offset >= 0 && offset <= byteCount, "octet \(offset) lies outside the ledger")
    unsafe memset(base + offset, 0, byteCount - offset)
  }

  /// Returns when all octets have reached the disk, as far as the kernel knows.
  internal func synchronize() { _ = unsafe msync(base, byteCount, MS_SYNC) }

  private static func reason(_ code: CInt) -> String { unsafe String(cString: strerror(code)) }
}
