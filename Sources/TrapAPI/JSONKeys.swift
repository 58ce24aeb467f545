/// The keys of a JSON value, without what stands at them.
internal indirect enum JSONKeys: Decodable {
  case object([String: JSONKeys])
  case array([JSONKeys])
  case other

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let object = try? container.decode([String: JSONKeys].self) {
      self = .object(object)
    } else if let array = try? container.decode([JSONKeys].self) {
      self = .array(array)
    } else {
      self = .other
    }
  }

  struct Stranger {
    let path: String
    let parent: String
    let known: [String]
  }

  /// The first key, in the order of the alphabet, that `tree` does not have; those of an array's elements are the
  /// array's.
  func stranger(_ tree: KeyTree, at path: String = "", whole: String = "a registration") -> Stranger? {
    switch self {
    case .object(let members):
      for (key, value) in members.sorted(by: { $0.key < $1.key }) {
        let inner = path.isEmpty ? key : "\(path).\(key)"
        guard let branch = tree.branches[key] else {
          return Stranger(
            path: inner, parent: path.isEmpty ? whole : path, known: tree.branches.keys.sorted())
        }
        if let branch, let found = value.stranger(branch, at: inner) { return found }
      }
      return nil
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        if let found = element.stranger(tree, at: "\(path)[\(index)]") { return found }
      }
      return nil
    case .other: return nil
    }
  }
}
