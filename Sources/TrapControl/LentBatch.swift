/// One batch on its way to an engine that fetches: ready to be written to HTTP as it is.
package struct LentBatch: Sendable {
  /// `<boot>-<counter>`.
  package let id: String
  /// `Content-Type` and the `Trapline-…` fields.
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]
  /// To be kept for as long as the body is.
  package var share: (any Sendable)?

  package init(id: String, headers: [(name: String, value: String)], body: [UInt8]) {
    self.id = id
    self.headers = headers
    self.body = body
  }
}
