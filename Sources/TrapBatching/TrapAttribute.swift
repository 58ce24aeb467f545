/// One thing that metadata says of a trap's source: `site` = `LHR2`.
package struct TrapAttribute: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
