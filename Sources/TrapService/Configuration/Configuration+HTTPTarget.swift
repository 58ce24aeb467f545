extension Configuration {
  /// Where requests of ours go, and with what: of `<http>` among the engines and among the metadata alike.
  package struct HTTPTarget: Equatable, Sendable {
    /// One `<header>`.
    package struct Header: Equatable, Sendable {
      package var name: String
      /// Without control characters. Nothing to be logged where `secret` is set.
      package var value: String
      /// Where the value came from, if not written in place.
      package var secret: Secret?

      package init(name: String, value: String, secret: Secret? = nil) {
        self.name = name
        self.value = value
        self.secret = secret
      }
    }

    package var url: HTTPURL
    /// From the start of a request to the last octet of its answer.
    package var timeout: UInt64
    /// Until there is a connection, TLS included; never longer than `timeout`.
    package var connectTimeout: UInt64
    /// Sent as `Authorization: Bearer …`.
    package var token: Secret?
    /// PEM files by absolute path. nil: the system's certificate authorities.
    package var caFile: String?
    /// The client's certificate and its key: both or none.
    package var certificateFile: String?
    package var keyFile: String?
    package var headers: [Header] = []

    package init(url: HTTPURL, timeout: UInt64, connectTimeout: UInt64) {
      self.url = url
      self.timeout = timeout
      self.connectTimeout = connectTimeout
    }
  }
}
