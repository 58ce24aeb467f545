import Foundation
import Testing

@testable import TrapHTTP

@Suite("HTTP over TLS and over Unix sockets")
struct TransportTests {
  private let directory: TemporaryDirectory
  private let certificate: TestCertificate

  init() throws {
    directory = try TemporaryDirectory()
    certificate = try TestCertificate(in: directory, name: "server")
  }

  private func get(_ server: TestServer, _ tls: HTTPClientTLS) throws -> Result<HTTPResponse, HTTPFailure> {
    try HTTPClient.start(name: "test", tls: tls).perform(HTTPRequest("https://localhost:\(server.port)/status/200"))
  }

  @Test("a certificate of an authority that we were given is believed")
  func knownAuthority() throws {
    let server = try TestServer("tls", certificate.certificate, certificate.key)
    #expect(try get(server, HTTPClientTLS(caFile: certificate.certificate)).get().status == 200)
  }

  @Test("a certificate of anybody else is not")
  func unknownAuthority() throws {
    let server = try TestServer("tls", certificate.certificate, certificate.key)
    let other = try TestCertificate(in: directory, name: "other")
    for tls in [HTTPClientTLS(), HTTPClientTLS(caFile: other.certificate)] {
      guard case .failure(.tls) = try get(server, tls) else {
        Issue.record("believed")
        return
      }
    }
  }

  @Test("a certificate is good for its own names only")
  func otherName() throws {
    let server = try TestServer("tls", certificate.certificate, certificate.key)
    let client = try HTTPClient.start(name: "test", tls: HTTPClientTLS(caFile: certificate.certificate))
    // libcurl itself resolves every name below localhost to the loopback.
    guard case .failure(.tls) = client.perform(HTTPRequest("https://other.localhost:\(server.port)/status/200")) else {
      Issue.record("believed")
      return
    }
  }

  @Test("a server that wants a certificate gets ours")
  func clientCertificate() throws {
    let server = try TestServer("mutual", certificate.certificate, certificate.key)
    var tls = HTTPClientTLS(caFile: certificate.certificate)
    guard case .failure = try get(server, tls) else {
      Issue.record("the server let anybody in")
      return
    }
    tls.certificateFile = certificate.certificate
    tls.keyFile = certificate.key
    #expect(try get(server, tls).get().status == 200)
  }

  @Test("a file that cannot be read is told at the start")
  func missingFile() throws {
    #expect {
      _ = try HTTPClient.start(name: "test", tls: HTTPClientTLS(caFile: directory.path + "/none.pem"))
    } throws: {
      "\($0)".contains("none.pem cannot be read: No such file")
    }
  }

  @Test("a Unix socket stands in for the host")
  func unixSocket() throws {
    let path = directory.path + "/socket"
    let server = try TestServer("unix", path)
    var request = HTTPRequest("http://traplined/connection")
    request.unixSocket = path
    let client = try HTTPClient.start(name: "test")
    #expect(try client.perform(request).get().body == Array("1".utf8))
    #expect(try client.perform(request).get().body == Array("1".utf8), "kept, too")
    withExtendedLifetime(server) {}
    request.unixSocket = directory.path + "/none"
    guard case .failure(.connect) = client.perform(request) else {
      Issue.record("connected to nobody")
      return
    }
  }
}
