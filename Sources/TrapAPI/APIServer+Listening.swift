internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import TrapControl

extension APIServer {
  /// Octets of one header field, and of all of a request; and how many there may be.
  private static let headerLimits = HTTP1Channel.Configuration.DecoderConfiguration(
    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)

  internal static func application(
    _ settings: APISettings, plane: any ControlPlane, loops: MultiThreadedEventLoopGroup, gate: StartGate, log: Logger
  ) -> Application<APIResponder> {
    let target: BindAddress =
      switch settings.address {
      case .tcp(let host, let port): .hostname(host, port: Int(port))
      case .unix(let path): .unixDomainSocket(path: path)
      }
    return Application(
      responder: APIResponder(access: AccessControl(settings), plane: plane, patience: settings.idleSeconds),
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [ConnectionWatch()], idleTimeout: .seconds(settings.idleSeconds),
          httpDecoderConfiguration: headerLimits)),
      configuration: ApplicationConfiguration(
        address: target,
        availableConnectionsDelegate: MaximumAvailableConnections(settings.connectionsMax, logger: log)),
      onServerRunning: { channel in listening(channel, settings.address, gate) },
      eventLoopGroupProvider: .shared(loops), logger: log)
  }

  private static func listening(_ channel: any Channel, _ asked: APIAddress, _ gate: StartGate) {
    switch asked {
    case .tcp(let host, _):
      gate.open(.success(.tcp(host: host, port: UInt16(channel.localAddress?.port ?? 0))))
    case .unix(let path):
      guard UnixSocketFile.restrict(path) else {
        gate.open(.failure(.failed(address: asked.description, reason: "its mode cannot be set to 0660")))
        return
      }
      gate.open(.success(asked))
    }
  }

  /// A socket file that nobody serves is the former run's, and replaced by binding.
  internal static func clearPath(_ address: APIAddress) throws(APIError) {
    guard case .unix(let path) = address else { return }
    switch UnixSocketFile.occupant(path) {
    case .nobody, .stale: return
    case .live: throw .taken(address: address.description)
    case .anotherFile: throw .notASocket(path: path)
    }
  }
}
