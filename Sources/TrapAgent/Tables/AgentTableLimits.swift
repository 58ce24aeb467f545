/// What the agent's tables can take beside the snapshots that they show.
package enum AgentTableLimits {
  /// The rows that managers make, in octets, when there is not one more to be had.
  package static let clientRowsOctets =
    SourceLookup.rowsMax * SourceLookup.octetsMax + DeltaRow.rowsMax * DeltaRow.octetsMax
}
