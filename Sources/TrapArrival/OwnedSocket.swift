internal import Glibc

/// A descriptor with exactly one owner; closed when that owner lets go of it.
internal struct OwnedSocket: ~Copyable {
  let descriptor: CInt

  init(_ descriptor: CInt) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}
