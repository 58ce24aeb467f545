/// One scalar of TRAPLINE-MIB: where it stands below the root, and how its value comes to be.
internal struct ManagedObject: Sendable {
  internal let name: String
  /// Three arcs below the module's root, without the instance.
  internal let arcs: [UInt]
  internal let syntax: ManagedSyntax
  internal let value: @Sendable (AgentMoment) -> ManagedValue

  internal init(
    _ name: String, _ arcs: [UInt], _ syntax: ManagedSyntax, value: @escaping @Sendable (AgentMoment) -> ManagedValue
  ) {
    precondition(arcs.count == 3, "\(name) stands at \(arcs): scalars are three arcs below the root")
    self.name = name
    self.arcs = arcs
    self.syntax = syntax
    self.value = value
  }

  /// Arcs below the root of the scalar's only instance.
  internal var instance: [UInt] { arcs + [0] }
}
