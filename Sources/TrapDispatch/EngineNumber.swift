/// Names one registration of a processing engine at the event queue: a slot, and which of its tenants.
package struct EngineNumber: Hashable, Sendable {
  internal let slot: Int
  internal let tenancy: UInt32
}
