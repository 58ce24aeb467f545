/// { traplineObjects 12 }: what counters counted since a manager's own baseline.
internal enum DeltaObjects {
  internal static let scalars: [ManagedObject] = [
    ManagedObject("traplineDeltaNext", [1, 12, 1], .unsigned32) { .gauge32($0.state.deltas.issueIndex()) },
    ManagedObject("traplineDeltaReaped", [1, 12, 3], .counter64) { .counter64($0.state.deltas.reaped) },
    ManagedObject("traplineDeltaRefused", [1, 12, 4], .counter64) { .counter64($0.state.deltas.refused) },
  ]

  internal static let tables: [any ManagedTable] = [DeltaTable()]
}
