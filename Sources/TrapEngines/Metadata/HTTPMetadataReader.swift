internal import SNMPWire
internal import TrapBatching
internal import TrapClassification

/// Brings one answer together with the keys that were asked: what is wrong in one element costs that element alone.
internal struct HTTPMetadataReader {
  /// Complaints that are kept of one answer; the rest is counted.
  static let complaintsMax = 8
  /// Octets of a request ID.
  private static let identifierMax = 20

  private let request: MetadataRequest
  private let names: HTTPMetadataNames
  private let make: HTTPMetadataPrograms
  /// Indices into the request's keys.
  private let asked: [SourceAddress: [Int]]
  private var isAnswered: [Bool]
  private var items: [MetadataAnswer.Item] = []
  private var timeToLive: UInt64?
  private(set) var complaints: [String] = []
  /// Elements left out, and other mistakes.
  private(set) var complaintCount = 0

  init(_ request: MetadataRequest, names: HTTPMetadataNames, make: HTTPMetadataPrograms) {
    self.request = request
    self.names = names
    self.make = make
    asked = Dictionary(grouping: request.keys.indices) { request.keys[$0].source }
    isAnswered = Array(repeating: false, count: request.keys.count)
  }

  /// Throws where the answer as a whole is of no use.
  mutating func read(_ body: [UInt8]) throws(HTTPMetadataProblem) -> MetadataAnswer {
    var json: HTTPMetadataJSON
    do { json = try HTTPMetadataJSON(checking: body) } catch {
      throw HTTPMetadataProblem("the answer is no JSON: \(error)")
    }
    var reader = self
    defer { self = reader }
    var identifier: String?
    var hasAnswers = false
    try json.object { (json, name) throws(HTTPMetadataProblem) in
      switch name {
      case "request": identifier = try json.text(max: Self.identifierMax)
      case "ttl": try reader.readTimeToLive(&json)
      case "answers":
        guard !hasAnswers else { throw HTTPMetadataProblem("it stands twice") }
        hasAnswers = true
        try json.array { (json, index) throws(HTTPMetadataProblem) in try reader.readItem(index, &json) }
      default:
        reader.complain("\(HTTPMetadataProblem.quoted(name.utf8)): no member of an answer; it is passed over")
        try json.skip()
      }
    }
    guard let identifier else { throw HTTPMetadataProblem("the answer names no request") }
    guard identifier == String(reader.request.id) else {
      throw HTTPMetadataProblem("the answer is for request \(HTTPMetadataProblem.quoted(identifier.utf8))")
    }
    guard hasAnswers else { throw HTTPMetadataProblem("the answer has no answers") }
    guard !reader.items.isEmpty else {
      let why = reader.complaints.first.map { "; \($0)" } ?? ""
      throw HTTPMetadataProblem("the answer is for none of the \(reader.request.keys.count) keys asked\(why)")
    }
    return MetadataAnswer(id: reader.request.id, items: reader.items, timeToLive: reader.timeToLive)
  }

  /// A time that cannot be read leaves the cache's own in force.
  private mutating func readTimeToLive(_ json: inout HTTPMetadataJSON) throws(HTTPMetadataProblem) {
    let start = json.place
    do { timeToLive = try json.timeToLive() } catch {
      complain("ttl: \(error); it is passed over")
      try json.passOver(from: start)
    }
  }

  private mutating func readItem(_ index: Int, _ json: inout HTTPMetadataJSON) throws(HTTPMetadataProblem) {
    let start = json.place
    var item = HTTPMetadataItem()
    do {
      try item.read(&json)
      try take(item)
    } catch {
      let source = item.source.map { " (\($0))" } ?? ""
      complain("answers[\(index)]\(source): \(error); it is passed over")
      try json.passOver(from: start)
    }
  }

  private mutating func take(_ item: HTTPMetadataItem) throws(HTTPMetadataProblem) {
    let named = (asked[item.source!] ?? []).filter { names.doesName(item, request.keys[$0]) }
    guard !named.isEmpty else { throw HTTPMetadataProblem("it was not asked for") }
    let open = named.filter { !isAnswered[$0] }
    guard !open.isEmpty else { throw HTTPMetadataProblem("an answer before it is for the same key") }
    let verdict = item.isRefused ? MetadataVerdict.refused : .program(try make.program(of: item))
    for index in open {
      isAnswered[index] = true
      items.append(MetadataAnswer.Item(key: request.keys[index], verdict: verdict, timeToLive: item.timeToLive))
    }
  }

  private mutating func complain(_ text: String) {
    complaintCount += 1
    if complaints.count < Self.complaintsMax { complaints.append(text) }
  }
}
