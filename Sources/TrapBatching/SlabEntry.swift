/// Where one datagram of a slab ends, and how it arrived.
// Not nested in `Slab` and not private: a release build specialises the array across modules and then misses its metadata.
package struct SlabEntry: Sendable {
  internal var facts: ArrivalFacts
  internal var end: Int
}
