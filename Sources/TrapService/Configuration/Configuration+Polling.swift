extension Configuration {
  /// `<polling>`: requests to agents for those who ask over the API.
  package struct Polling: Equatable, Sendable {
    /// Asked and not answered, of all agents together.
    package var outstanding = 64
    package var timeout: UInt64 = 2_000_000_000
    /// After the first request.
    package var retries = 1

    package init() {}
  }
}
