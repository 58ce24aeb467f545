package import TrapBatching

/// Says whether an engine that joins late wants a retained trap: by its arrival facts (received, source, port and
/// listener; the rest was not kept), its octets, what was found out about it, which says how they are read, and the route
/// set under which it was placed.
package typealias RetainedTrapTest = @Sendable (ArrivalFacts, Span<UInt8>, TrapFindings, RouteSet) -> Bool
