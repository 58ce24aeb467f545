internal import Glibc
internal import Logging
internal import TrapBatching
internal import TrapControl

/// What the commands of `traplined` do. Each returns the exit status: 0 clean, 1 run-time failure, 78 configuration.
package enum Daemon {
  package static let version = ProductVersion.text
  private static let configurationStatus: Int32 = 78

  /// `--check`: every mistake on a line of its own, on standard error.
  package static func check(path: String?) -> Int32 {
    guard let file = read(path) else { return configurationStatus }
    StandardStream.output.write("\(file.path): no mistake found\n")
    return 0
  }

  /// `--print-config`.
  package static func printConfiguration(path: String?) -> Int32 {
    guard let file = read(path) else { return configurationStatus }
    StandardStream.output.write(file.configuration.printed(file.limits))
    return 0
  }

  /// Runs until TERM or INT.
  package static func run(path: String?) -> Int32 {
    SignalQueue.install()
    let forJournal = ServiceManager.logsToJournal
    let writer = LogWriter(descriptor: 2)
    LoggingSystem.bootstrap { StandardErrorLog(label: $0, forJournal: forJournal, writer: writer) }
    do throws(StageThreadError) {
      try writer.start()
    } catch {
      StandardStream.error.write("traplined: \(error.description)\n")
      return 1
    }
    // A process that ends takes its log thread along, so the last lines are waited for.
    defer { writer.flush(nanoseconds: 1_000_000_000) }
    return run(path: path, log: Logger(label: "traplined"))
  }

  private static func run(path: String?, log: Logger) -> Int32 {
    let file: ConfigurationFile
    do throws(ConfigurationFailure) {
      file = try ConfigurationFile.read(path: path)
    } catch {
      for issue in error.issues { log.error("\(issue.description)") }
      return configurationStatus
    }
    for warning in file.warnings { log.warning("\(warning.description)") }
    do throws(StartFailure) {
      let pipeline = try Pipeline.start(file, sockets: ServiceManager.takeSockets(), log: log)
      return Service(pipeline: pipeline, path: path, log: log).run()
    } catch {
      log.error("\(error.description)")
      return 1
    }
  }

  private static func read(_ path: String?) -> ConfigurationFile? {
    do throws(ConfigurationFailure) {
      let file = try ConfigurationFile.read(path: path)
      StandardStream.error.write(file.warnings.map { "\($0.description)\n" }.joined())
      return file
    } catch {
      StandardStream.error.write("\(error.description)\n")
      return nil
    }
  }
}
