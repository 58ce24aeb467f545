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
  static func open(
    _ configuration: Configuration, directory: String, log: Logger
  ) throws(StartFailure) -> SecurityContext {
    do throws(StateFileError) {
      let (engine, warning) = try LocalEngineFile.open(directory: directory, now: SystemClock.monotonic())
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

  /// Takes the users of a new configuration, and returns the former ones. Those that stay the same stay the same objects,
  /// with their keys.
  func replace(by security: Configuration.Security) -> CredentialsDirectory {
    directory.withLock { directory in
      let former = directory
      directory = security.makeDirectory(keeping: former)
      return former
    }
  }

  /// The new configuration was not taken after all.
  func restore(_ former: CredentialsDirectory) { directory.withLock { $0 = former } }

  /// Derives the users' master keys, of some milliseconds each, away from the path of the traps. A message of a user whose
  /// turn has not come derives its own.
  func prepare(log: Logger) {
    let all = credentials.all.filter { $0.user != nil }
    guard !all.isEmpty else { return }
    do throws(StageThreadError) {
      _ = try StageThread(name: "keys") {
        for entry in all { SecurityContext.prepare(entry, log: log) }
      }
    } catch {
      // Without a thread to spare each key is derived when it is first needed.
      return
    }
  }

  private static func prepare(_ entry: Credentials, log: Logger) {
    do throws(KeyRefusal) {
      try entry.user?.prepare()
    } catch {
      log.error("user with the credentials \(entry.name): \(error); none of its messages can be verified")
    }
  }
}
