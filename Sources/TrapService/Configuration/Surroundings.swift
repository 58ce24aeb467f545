internal import Glibc
internal import TrapAgent
internal import TrapBatching

/// What a configuration may refer to outside its own file: environment variables and files with secrets.
struct Surroundings: Sendable {
  var variable: @Sendable (String) -> String?
  var file: @Sendable (String) throws(OctetFileError) -> OctetFile.Content

  /// Why a file or a directory cannot be read; nil where it can.
  var unreadable: @Sendable (String) -> String? = { OctetFile.reasonUnreadable($0) }
  /// Permission bits of a file that is not read here; nil where it cannot be looked at.
  var mode: @Sendable (String) -> UInt32? = { OctetFile.mode($0) }
  /// Why no listener can open with a certificate and its key; nil where one can.
  var unusable: @Sendable (TLSIdentity) -> String? = { $0.mistake }

  /// Whether an address is one of this host's.
  var isLocal: @Sendable (SourceAddress) -> Bool = { LocalAddress.contains($0) }

  /// The longest secret that is read, in octets.
  static let secretLimit = 4096

  /// Those of this process.
  static var process: Surroundings {
    Surroundings(
      variable: { name in
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
      },
      file: { path throws(OctetFileError) in try OctetFile.read(path, limit: Surroundings.secretLimit) })
  }
}
