internal import SNMPWire
package import TrapBatching
package import TrapClassification

/// Metadata from the configuration alone: a list of rules, in order, and the default at its end. Answers at once.
///
/// A key's program is made of the rules whose source holds the key's source; the rest of a rule is decided per trap.
/// Keys to which the same rules apply share one program: there are as many as there are differing selections of rules.
package final class RulesMetadata: MetadataSource {
  private struct Step: Sendable {
    let source: AddressPrefix?
    let route: Route
    var credentials: String?
    var minimumLevel: UInt8?
  }

  package let name: String
  package var kind: String { "rules" }
  private let steps: [Step]
  private let programs: RulesMetadataPrograms

  package var answersAtOnce: Bool { true }

  /// `defaultEngines` empty: what no rule matches goes nowhere, and is counted under `no-route`.
  package init(
    name: String = "rules", rules: [Rule], defaultEngines: [String], defaultAttributes: [TrapAttribute] = [],
    routeSets: RouteSetTable
  ) {
    self.name = name
    var steps = rules.map { rule in
      let handle = RulesMetadata.handle(rule.engines, rule.attributes, routeSets)
      return Step(
        source: rule.source, route: rule.route(to: handle), credentials: rule.credentials,
        minimumLevel: rule.minimumLevel)
    }
    if let last = RulesMetadata.handle(defaultEngines, defaultAttributes, routeSets) {
      steps.append(Step(source: nil, route: Route(to: last)))
    }
    self.steps = steps
    programs = RulesMetadataPrograms()
  }

  package func ask(_ request: MetadataRequest, answers: MetadataAnswers) {
    let items = request.keys.map { MetadataAnswer.Item(key: $0, verdict: .program(program(for: $0))) }
    // Rules hold until they are replaced; the cache's bound still applies.
    answers.post(MetadataAnswer(id: request.id, items: items, timeToLive: .max))
  }

  /// The program of this key; the same object for every key that the same rules apply to.
  package func program(for key: MetadataKey) -> RoutingProgram {
    let applying = steps.filter { $0.source?.contains(key.source) ?? true }
    let routes = applying.map(\.route)
    // What follows an unconditional route is never reached, and must not tell programs apart.
    let end = routes.firstIndex { $0.isUnconditional }
    return programs.program(
      of: end.map { Array(routes[...$0]) } ?? routes, credentials: applying.lazy.compactMap(\.credentials).first,
      minimumLevel: applying.lazy.compactMap(\.minimumLevel).first ?? 0)
  }

  private static func handle(
    _ engines: [String], _ attributes: [TrapAttribute], _ routeSets: RouteSetTable
  ) -> RouteSetHandle? {
    engines.isEmpty ? nil : routeSets.handle(of: RouteSet(engines: engines, attributes: attributes))
  }
}
