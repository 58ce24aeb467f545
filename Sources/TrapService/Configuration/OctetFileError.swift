/// Why a file could not be read, in the operating system's words.
struct OctetFileError: Error, Equatable {
  let reason: String
}
