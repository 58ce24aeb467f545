extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String {
    switch origin {
    case .standard: "(default secret)"
    case .inline: "(secret)"
    case .file(let path): "file:\(path)"
    case .environment(let name): "env:\(name)"
    }
  }

  package var debugDescription: String { description }

  /// `dump` and string interpolation of whole configurations look here.
  package var customMirror: Mirror { Mirror(self, children: ["origin": description]) }
}
