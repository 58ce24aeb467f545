import SNMPWire
import TrapSecurity

/// One of the users that both readers know, at an engine of its own.
struct Sender: Sendable {
  let name: String
  let user: USMUser
  let engineID: [UInt8]

  private static let secrets = (authentication: "a-secret-to-sign-with", privacy: "and-one-to-hide-with")

  /// One for each pair of protocols, and one without.
  static let all: [Sender] = {
    var senders = [Sender(name: "open", auth: nil, priv: nil, number: 0)]
    for auth in AuthProtocol.allCases {
      for priv in [nil] + PrivProtocol.allCases.map(Optional.some) {
        let name = "\(auth)-\(priv.map { "\($0)" } ?? "alone")"
        senders.append(Sender(name: name, auth: auth, priv: priv, number: senders.count))
      }
    }
    return senders
  }()

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { (Array($0.name.utf8), $0) })

  static func named(_ name: [UInt8]) -> Sender? { byName[name] }

  /// The master keys, each derived once for all users.
  private static let masters = AuthProtocol.allCases.map { method in
    (master(secrets.authentication, method), master(secrets.privacy, method))
  }

  private static func master(_ secret: String, _ method: AuthProtocol) -> KeyMaterial {
    guard let key = try? KeyDerivation.master(Array(secret.utf8), method) else {
      preconditionFailure("\(secret) is no passphrase")
    }
    return .master(key)
  }

  private init(name: String, auth: AuthProtocol?, priv: PrivProtocol?, number: Int) {
    self.name = name
    let masters = auth.map { Sender.masters[Int($0.rawValue)] }
    user = USMUser(
      name: Array(name.utf8),
      authentication: auth.flatMap { method in masters.map { .init(method, $0.0) } },
      privacy: priv.flatMap { method in masters.map { .init(method, $0.1) } }, minimumLevel: 0)
    // From 5 to 32 octets.
    engineID = [0x80, 0, 0x1F, 0x88] + (0...(number % 28)).map { UInt8($0 &+ number) }
  }

  /// As the oracle is told of it: by the last arcs of Net-SNMP's names for the protocols.
  var oracleLine: String {
    let auth = user.authentication.map { "\($0.method.rawValue + 2)" } ?? "0"
    let priv = user.privacy.map { "\($0.method.rawValue + 1)" } ?? "0"
    return "U \(name) \(auth) \(Self.secrets.authentication) \(priv) \(Self.secrets.privacy)"
  }
}
