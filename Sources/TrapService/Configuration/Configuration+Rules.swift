package import TrapBatching

extension Configuration {
  /// `<rules>`: a metadata source that is an ordered list of routes; the first that matches a trap routes it.
  package struct Rules: Equatable, Sendable {
    /// `<default>`: for what no route matches.
    package struct Default: Equatable, Sendable {
      package var engines: [String]
      package var attributes: [TrapAttribute]

      package init(engines: [String], attributes: [TrapAttribute] = []) {
        self.engines = engines
        self.attributes = attributes
      }
    }

    package var name: String
    package var routes: [Route]
    /// nil: what no route matches is unrouted, and counted so.
    package var fallback: Default?

    package init(name: String, routes: [Route], fallback: Default?) {
      self.name = name
      self.routes = routes
      self.fallback = fallback
    }
  }
}
