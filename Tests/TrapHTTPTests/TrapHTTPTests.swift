import Testing

@testable import TrapHTTP
