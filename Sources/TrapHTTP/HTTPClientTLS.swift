/// How the client proves itself, and whom it believes. Peers are always verified, name included.
package struct HTTPClientTLS: Sendable, Equatable {
  /// PEM; nil for the system's certificate authorities.
  package var caFile: String?
  /// PEM: the client's certificate, its chain behind it.
  package var certificateFile: String?
  /// PEM, without a pass phrase; nil where the certificate's file holds it.
  package var keyFile: String?

  package init(caFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil) {
    self.caFile = caFile
    self.certificateFile = certificateFile
    self.keyFile = keyFile
  }
}
