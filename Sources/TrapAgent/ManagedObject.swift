internal import TrapObservation

/// One scalar of TRAPLINE-MIB: where it stands below the root, and how its value comes out of a snapshot.
internal struct ManagedObject: Sendable {
  internal let name: String
  /// Arcs below the module's root, without the instance.
  internal let arcs: [UInt]
  internal let value: @Sendable (StatisticsSnapshot) -> ManagedValue

  /// Arcs below the root of the scalar's only instance.
  internal var instance: [UInt] { arcs + [0] }
}
