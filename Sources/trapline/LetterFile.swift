internal import Glibc

/// A dead-letter file, line by line. What is appended after it was opened is not read: a letter that is refused again
/// comes to stand at the end of the same file, and would be replayed for ever.
final class LetterFile {
  /// A line is at most so long; more than twice what the largest datagram needs.
  static let lineMax = 1 << 20

  let path: String
  /// Octets of the file when it was opened; nil for a pipe.
  let size: Int?
  private let descriptor: CInt
  private var buffer: [UInt8] = []
  /// Where in `buffer` the next line begins.
  private var start = 0
  private var unread: Int
  private var hasEnded = false
  private(set) var line = 0

  enum Line {
    case text([UInt8])
    case tooLong
    case end
  }

  /// `-` is standard input.
  init(path: String) throws(LineFile.Failure) {
    self.path = path == "-" ? "standard input" : path
    descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    let code = errno
    var status = stat()
    let isKnown = unsafe fstat(descriptor, &status) == 0
    let isFile = isKnown && status.st_mode & S_IFMT == S_IFREG
    size = isFile ? Int(status.st_size) : nil
    unread = size ?? .max
    if descriptor < 0 { throw LineFile.Failure(path: path, code: code) }
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// The next line without its end. `isCancelled` is asked while a pipe has nothing to read; then there is no more.
  func next(isCancelled: () -> Bool) throws(LineFile.Failure) -> Line {
    var isLong = false
    while true {
      if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        let text = Array(buffer[start..<end])
        start = end + 1
        line += 1
        return isLong ? .tooLong : .text(text)
      }
      if buffer.count - start > LetterFile.lineMax {
        (isLong, start) = (true, buffer.count)
      }
      if hasEnded {
        let rest = Array(buffer[start...])
        start = buffer.count
        guard !rest.isEmpty || isLong else { return .end }
        line += 1
        return isLong ? .tooLong : .text(rest)
      }
      try fill(isCancelled)
    }
  }

  private func fill(_ isCancelled: () -> Bool) throws(LineFile.Failure) {
    buffer.removeFirst(start)
    start = 0
    guard waitForInput(isCancelled) else {
      hasEnded = true
      return
    }
    var piece = [UInt8](repeating: 0, count: min(1 << 16, unread))
    let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { return }
    guard count >= 0 else { throw LineFile.Failure(path: path, code: errno) }
    unread -= count
    hasEnded = count == 0 || unread == 0
    buffer += piece.prefix(count)
  }

  /// False where nothing will be read any more.
  private func waitForInput(_ isCancelled: () -> Bool) -> Bool {
    guard unread > 0 else { return false }
    guard size == nil else { return true }
    var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&input, 1, 200) == 0 { if isCancelled() { return false } }
    return true
  }
}
