internal import ArgumentParser
internal import Glibc
internal import TrapControl
internal import TrapHTTP

struct TailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tail",
    abstract: "Show traps as they come.",
    discussion: """
      Registers a processing engine of its own with a running daemon, prints what comes, a line a trap, and takes the \
      registration back at the end. Other engines lose nothing by it. What is too slow to be printed is told as a \
      gap, in its place.

      Selectors are KEY=VALUE words: \(SelectorWords.keys.joined(separator: ", ")). All keys must match, any value of \
      a key does; lists have commas. A trap is an OID that the trap's begins with, or the name of a standard trap.

        trapline tail                                  all traps from now on
        trapline tail source=10.0.0.0/8,192.0.2.7      from there
        trapline tail trap=linkDown trap=linkUp        these two
        trapline tail pdu=inform version=3 listener=main
        trapline tail --from oldest --count 10         the oldest that the daemon still has
        trapline tail --json | jq .varbinds            as they go to an engine
        trapline tail --retry --json >> traps.json     through restarts of the daemon

      Ctrl-C ends it; a second one at once.
      """)

  @Argument(help: ArgumentHelp("KEY=VALUE; all traps where there is none.", valueName: "selector"))
  var selectors: [String] = []
  @Option(help: "Where to begin: now, oldest, or the sequence number of a trap.")
  var from = TailStart.now
  @Option(help: "End after so many traps.")
  var count: UInt64?
  @Flag(help: "Print the JSON lines as they come, gaps included.")
  var json = false
  @Flag(help: "Wait for a daemon that is away or goes away, and go on behind the last trap.")
  var retry = false
  @Option(help: "The engine's name. Default: tail-HOST-PID.")
  var name: String?
  @Option(help: "How long the daemon keeps traps for a tail that stands still.")
  var lease = TimeSpan(seconds: 60)
  @Flag(help: "No colours; nor are there any where NO_COLOR is set, or elsewhere than on a terminal.")
  var noColor = false
  @OptionGroup(title: "Where") var api: APIOptions

  /// Traps of a batch at most.
  private static let batchSize: UInt64 = 500
  /// Nanoseconds that taking the registration back may take.
  private static let farewell: UInt64 = 3_000_000_000

  func validate() throws {
    _ = try SelectorWords(selectors)
    if count == 0 { throw ValidationError("--count is 1 or more.") }
    guard lease.nanoseconds >= 1_000_000_000 else { throw ValidationError("--lease is 1s or more.") }
  }

  func run() throws {
    let interruption = Interruption.begin()
    let client = try api.client()
    // What waits for an answer is ended by the first signal.
    interruption.tell { client.http.stop() }
    let engine = name ?? "tail-\(TailCommand.host)-\(getpid())"
    let printer = TailPrinter(json: json, paint: Paint(unless: noColor), count: count)
    var session = TailSession(
      client: client, name: engine, registration: try registration, retries: retry, interruption: interruption,
      printer: printer)
    let end = try session.run()
    if case .daemonGone(let reason) = end {
      StandardError.print("tail: \(reason) (--retry waits for it)")
      return
    }
    // The client of before may be stopped; a daemon that is not there any more needs no farewell.
    let parting = try api.client(timeout: TailCommand.farewell)
    try? parting.unregister(engine)
  }

  private var registration: EngineRegistration {
    get throws {
      var registration = EngineRegistration()
      registration.start = from.point
      registration.subscribe = [try SelectorWords(selectors).selection ?? TrapSelection()]
      var batch = EngineRegistration.Batch()
      batch.size = Int(min(count ?? TailCommand.batchSize, TailCommand.batchSize))
      batch.maxWait = "100ms"
      registration.batch = batch
      registration.lease = "\(lease.nanoseconds / 1_000_000)ms"
      return registration
    }
  }

  /// The machine's name up to its first dot, and only what an engine's name may have.
  private static var host: String {
    var octets = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&octets, octets.count - 1) == 0 else { return "host" }
    let name = octets.prefix { $0 != 0 && $0 != CChar(UInt8(ascii: ".")) }.map { UInt8(bitPattern: $0) }
    let text = String(decoding: name, as: UTF8.self).filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return text.isEmpty ? "host" : text
  }
}
