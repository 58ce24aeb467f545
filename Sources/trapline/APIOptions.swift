internal import ArgumentParser
internal import Foundation
internal import TrapHTTP

/// Where a daemon's API is, and who asks.
struct APIOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The daemon's API: http://HOST:PORT or unix:PATH. Where none is named: $\(APIAddress.variable), "
        + "unix:\(APIAddress.standardSocket) where there is one, \(APIAddress.standardURL).",
      valueName: "address"))
  var api: APIAddress?
  @Option(help: ArgumentHelp("A file with the bearer token that an API beyond loopback wants.", valueName: "file"))
  var tokenFile: String?
  @Option(help: ArgumentHelp("For https: the certificate authorities to believe, PEM.", valueName: "file"))
  var caFile: String?
  @Option(help: ArgumentHelp("For https: a client certificate, PEM.", valueName: "file"))
  var certificate: String?
  @Option(help: ArgumentHelp("For https: its key, PEM, where the certificate's file has none.", valueName: "file"))
  var key: String?

  /// A client of its own thread. `timeout`, in nanoseconds, is that of each call.
  func client(timeout: UInt64 = 30_000_000_000) throws -> APIClient {
    let address = try api ?? APIAddress.standard()
    let tls = HTTPClientTLS(caFile: caFile, certificateFile: certificate, keyFile: key)
    return APIClient(
      address: address, token: try token(), timeout: timeout, http: try HTTPClient.start(name: "tool", tls: tls))
  }

  /// The first line of the file.
  private func token() throws -> String? {
    guard let tokenFile else { return nil }
    guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
      throw ValidationError("--token-file \(tokenFile): the file cannot be read")
    }
    let token = text.prefix { !$0.isNewline }
    guard !token.isEmpty else { throw ValidationError("--token-file \(tokenFile): the first line is empty") }
    return String(token)
  }
}
