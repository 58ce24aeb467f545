internal import CCurl

extension HTTPFailure {
  /// libcurl's code (libcurl-errors(3)) and its sentence. The scheme has been checked before: libcurl's "unsupported
  /// protocol" means an answer that is not HTTP. Time that ran out before a connection stood is a failed connection.
  internal init(_ code: CURLcode, _ text: String, wasConnected: Bool) {
    self =
      switch code {
      case CURLE_URL_MALFORMAT: .url(text)
      case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED,
        CURLE_PROXY:
        .connect(text)
      case CURLE_OPERATION_TIMEDOUT: wasConnected ? .timeout(text) : .connect(text)
      case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ENGINE_NOTFOUND,
        CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED,
        CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE,
        CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT:
        .tls(text)
      default: .interrupted(text)
      }
  }
}
