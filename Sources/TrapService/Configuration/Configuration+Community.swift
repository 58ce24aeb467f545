internal import TrapSecurity

extension Configuration {
  /// `<community>` of `<security>`: what an agent of SNMPv1 or v2c is polled with.
  package struct Community: Equatable, Sendable {
    package enum Version: String, CaseIterable, Sendable {
      case v2c = "2c"
      case v1 = "1"
    }

    package var name: String
    package var secret: Secret
    package var version = Version.v2c

    package init(name: String, secret: Secret) {
      self.name = name
      self.secret = secret
    }
  }
}

extension Configuration.Community {
  /// As the security module has it.
  var made: Credentials { Credentials(name: name, .community(secret.octets, isV1: version == .v1)) }
}
