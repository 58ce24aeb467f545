internal import Logging
internal import Synchronization
internal import TrapBatching
internal import TrapSecurity

/// Who this process is as an SNMP engine, and whose messages it believes: shared by all that speak SNMPv3.
internal final class SecurityContext: Sendable {
  let local: LocalEngine
  let statistics = USMStatistics()
  private let directory: Mutex<CredentialsDirectory>

  /// Raises the engine's boots, and has them on the disk: before any socket is open. The state directory is there, and ours.
  static func open(_ configuration: Configuration, log: Logger) throws(StartFailure) -> SecurityContext {
    do throws(StateFileError) {
      let (engine, warning) = try LocalEngineFile.open(
        directory: configuration.daemon.stateDirectory.path, now: SystemClock.monotonic())
      if let warning { log.error("\(warning)") }
      return SecurityContext(engine, configuration.security.makeDirectory())
    } catch {
      throw StartFailure(error)
    }
  }

  private init(_ local: LocalEngine, _ directory: CredentialsDirectory) {
    self.local = local
    self.directory = Mutex(directory)
  }

  var credentials: CredentialsDirectory { directory.withLock { $0 } }

  /// Takes the users of a new configuration. Those that stay the same stay the same objects, with their keys.
  func replace(by security: Configuration.Security) {
    directory.withLock { $0 = security.makeDirectory(keeping: $0) }
  }

  /// Derives the users' master keys, of some milliseconds each, away from the path of the traps. A message of a user whose
  /// turn has not come derives its own.
  func prepare() {
    let users = credentials.all.compactMap(\.user)
    guard !users.isEmpty else { return }
    do throws(StageThreadError) {
      _ = try StageThread(name: "keys") { for user in users { user.prepare() } }
    } catch {
      // Without a thread to spare each key is derived when it is first needed.
      return
    }
  }
}
