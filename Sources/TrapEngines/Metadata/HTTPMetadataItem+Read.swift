internal import TrapBatching

extension HTTPMetadataItem {
  /// Reads the object that `json` stands at. `self` keeps what was read before a problem, so that a report can name it.
  mutating func read(_ json: inout HTTPMetadataJSON) throws(HTTPMetadataProblem) {
    var members = Members()
    var item = self
    defer { self = item }
    try json.object { (json, name) throws(HTTPMetadataProblem) in
      try members.meet(name)
      try item.readMember(name, &json)
    }
    guard !members.have("user") || !members.have("userHex") else {
      throw HTTPMetadataProblem("it has user and userHex")
    }
    guard item.source != nil else { throw HTTPMetadataProblem("it names no source") }
    guard !item.isRefused else {
      guard item.steps == nil else { throw HTTPMetadataProblem("it is refused and has routes") }
      return
    }
    guard item.steps != nil else { throw HTTPMetadataProblem("it has neither routes nor \"refused\":true") }
    try item.spreadAttributes()
  }

  /// What is said of the key goes with every route, where the route does not say otherwise.
  private mutating func spreadAttributes() throws(HTTPMetadataProblem) {
    guard !attributes.isEmpty else { return }
    for index in steps!.indices {
      steps![index].attributes.merge(attributes) { own, _ in own }
      guard steps![index].attributes.count <= Self.attributesMax else {
        throw HTTPMetadataProblem(
          "routes[\(index)]: more than \(Self.attributesMax) attributes with those of its key")
      }
    }
  }

  private mutating func readMember(_ name: String, _ json: inout HTTPMetadataJSON) throws(HTTPMetadataProblem) {
    switch name {
    case "source": source = try json.address()
    case "listener": listener = try json.text(max: Self.textMax)
    case "engineID": engineID = try json.hexadecimal(atMost: 32)
    case "user": user = try Array(json.string(max: Self.textMax).utf8)
    case "userHex": user = try json.hexadecimal(atMost: Self.textMax)
    case "ttl": timeToLive = try json.timeToLive()
    case "refused": isRefused = try json.boolean()
    case "routes": steps = try HTTPMetadataItem.routes(&json)
    case "attributes": attributes = try json.attributes()
    case "credentials": try readCredentials(&json)
    case "agent": agent = try json.address()
    case "level": level = try json.level()
    default:
      throw HTTPMetadataProblem(
        "no member of an answer; there are source, listener, engineID, user, userHex, ttl, refused, routes, "
          + "attributes, credentials, level, agent")
    }
  }

  private static func routes(_ json: inout HTTPMetadataJSON) throws(HTTPMetadataProblem) -> [Step] {
    var steps: [Step] = []
    try json.array { (json, _) throws(HTTPMetadataProblem) in
      guard steps.count < routesMax else { throw HTTPMetadataProblem("more than \(routesMax) routes") }
      var step = Step()
      var members = Members()
      try json.object { (json, name) throws(HTTPMetadataProblem) in
        try members.meet(name)
        try read(name, of: &step, &json)
      }
      guard members.have("engines") else {
        throw HTTPMetadataProblem("it names no engines; [] for traps that go nowhere")
      }
      steps.append(step)
    }
    return steps
  }

  private static func read(
    _ name: String, of step: inout Step, _ json: inout HTTPMetadataJSON
  ) throws(HTTPMetadataProblem) {
    switch name {
    case "trap": step.trap = try json.objectIdentifier()
    case "version": step.versions = try json.versions()
    case "pdu": step.pdus = try json.pdus()
    case "community": step.community = try Array(json.string(max: textMax).utf8)
    case "engines": step.engines = try json.texts(atMost: enginesMax)
    case "attributes": step.attributes = try json.attributes()
    default:
      throw HTTPMetadataProblem(
        "no member of a route; there are trap, version, pdu, community, engines, attributes")
    }
  }

  /// The names of an object that have been met. A member that stands twice is a mistake of its writer, and which of
  /// the two was meant cannot be known.
  struct Members {
    private var names: Set<String> = []

    mutating func meet(_ name: String) throws(HTTPMetadataProblem) {
      guard names.insert(name).inserted else { throw HTTPMetadataProblem("it stands twice") }
    }

    func have(_ name: String) -> Bool { names.contains(name) }
  }
}
