import Testing

@testable import TrapControl
