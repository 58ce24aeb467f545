/// One family of Prometheus' text exposition format 0.0.4: a name, what it means, and a line for each set of labels.
package struct Metric: Sendable, Equatable {
  package enum Kind: String, Sendable { case counter, gauge }

  package enum Value: Sendable, Equatable {
    case count(UInt64)
    case signed(Int64)
    /// Nanoseconds, written as seconds.
    case nanoseconds(UInt64)
    case number(Double)
  }

  package struct Sample: Sendable, Equatable {
    package let labels: [Label]
    package let value: Value
  }

  package struct Label: Sendable, Equatable {
    package let name: String
    package let value: String
  }

  package let name: String
  package let kind: Kind
  package let help: String
  package private(set) var samples: [Sample] = []

  /// `name` without the prefix `trapline_`, and of a counter without the suffix `_total`.
  package init(_ kind: Kind, _ name: String, _ help: String) {
    self.name = "trapline_" + name + (kind == .counter ? "_total" : "")
    self.kind = kind
    self.help = help
  }

  /// A family of one line without labels.
  package init(_ kind: Kind, _ name: String, _ help: String, _ value: Value) {
    self.init(kind, name, help)
    add(value)
  }

  package mutating func add(_ value: Value, _ labels: (String, String)...) {
    samples.append(Sample(labels: labels.map { Label(name: $0.0, value: $0.1) }, value: value))
  }
}
