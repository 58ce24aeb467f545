internal import ArgumentParser
internal import Glibc
internal import TrapService

@main
internal struct Traplined: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "traplined",
    abstract: "Receive SNMP traps and hand them to processing engines; lose none silently.",
    discussion: """
      Runs in the foreground. Without --config it uses the built-in configuration: listens on UDP port 1162 (IPv4 and \
      IPv6), prints every trap to standard output as one line of JSON, and answers SNMP GET on 127.0.0.1:1161.

      Logs go to standard error; standard output belongs to data.

      Signals: HUP reads the configuration again and re-opens files, TERM and INT stop after handing over what is \
      queued, USR1 writes the ledger to the log.

      Exit status: 0 clean, 1 run-time failure, 2 usage, 78 configuration.

      Examples:

        traplined                                   try it
        traplined --check -c /etc/trapline/trapline.xml
        traplined --print-config > trapline.xml     start your own
      """,
    version: Daemon.version)

  @Option(name: .shortAndLong, help: ArgumentHelp("Read the configuration from this file.", valueName: "file"))
  var config: String?

  @Flag(help: "Check the configuration, name every mistake with its line, and exit.")
  var check = false

  @Flag(name: .customLong("print-config"), help: "Print the effective configuration and the derived limits, and exit.")
  var printConfiguration = false

  func run() throws {
    let status =
      if check {
        Daemon.check(path: config)
      } else if printConfiguration {
        Daemon.printConfiguration(path: config)
      } else {
        Daemon.run(path: config)
      }
    throw ExitCode(status)
  }

  /// ArgumentParser calls wrong usage 64; the daemon's contract says 2.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      guard code != .validationFailure else {
        let octets = Array((fullMessage(for: error) + "\n").utf8)
        _ = unsafe octets.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
        Glibc.exit(2)
      }
      exit(withError: error)
    }
  }
}
