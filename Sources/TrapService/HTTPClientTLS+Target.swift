internal import TrapHTTP

extension HTTPClientTLS {
  init(_ target: Configuration.HTTPTarget) {
    self.init()
    caFile = target.caFile
    certificateFile = target.certificateFile
    keyFile = target.keyFile
  }
}
