internal import Glibc
internal import TrapInventory

/// A CSV file, read whole: rows of one source may stand anywhere in it.
struct InventoryFile {
  let path: String

  func read() throws(InventoryError) -> [UInt8] {
    let descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { if descriptor != 0 { close(descriptor) } }
    var octets: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure(errno) }
      if count == 0 { return octets }
      octets += piece[..<count]
      guard octets.count <= InventoryImport.fileMax else {
        throw InventoryError(
          path: path, kind: .failed, reason: "it is longer than 1 GiB", remedy: "import it in several files")
      }
    }
  }

  private func failure(_ code: CInt) -> InventoryError {
    InventoryError(
      path: path, kind: code == ENOENT ? .absent : .failed, reason: unsafe String(cString: strerror(code)),
      remedy: "name a CSV file that you may read")
  }
}
