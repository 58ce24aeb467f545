extension DecodingError {
  /// Where and what, in the words of whoever wrote the JSON.
  internal var place: String {
    switch self {
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      "\(Self.path(context.codingPath)) should be \(Self.word(type))"
    case .keyNotFound(let key, let context):
      "\(Self.path(context.codingPath + [key])) is missing"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "it is not JSON" : "\(Self.path(context.codingPath)): \(context.debugDescription)"
    @unknown default: "it is not what is described in openapi.yaml"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    var text = ""
    for key in keys {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    return text.isEmpty ? "the whole" : text
  }

  private static func word(_ type: any Any.Type) -> String {
    switch type {
    case is Int.Type, is UInt64.Type, is UInt16.Type: "a whole number in range"
    case is String.Type: "a text"
    case is Bool.Type: "true or false"
    case is any Collection.Type: "a list or an object"
    default: "an object"
    }
  }
}
