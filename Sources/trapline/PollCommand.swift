internal import ArgumentParser
internal import TrapControl
internal import TrapHTTP

struct PollCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "poll",
    abstract: "Ask an agent for values, with the daemon's credentials.",
    discussion: """
      The daemon asks, so that nobody has to know the secrets: with the credentials that are named, else with those \
      that metadata knows of the agent. It wants a token also on this machine: --token-file names a file with one. \
      The exit status is 1 where the agent does not answer, or answers with an error.

        trapline poll 192.0.2.7 1.3.6.1.2.1.1.3.0 1.3.6.1.2.1.1.5.0 --token-file ~/.trapline-token
        trapline poll 192.0.2.7 1.3.6.1.2.1.2.2 --operation walk --credentials noc --token-file ~/.trapline-token
        trapline poll router-7.example.net:1161 1.3.6.1.2.1.1.5.0 --credentials noc --token-file ~/.trapline-token
        trapline poll '[2001:db8::7]:1161' 1.3.6.1.2.1.1 --operation walk --json --token-file ~/.trapline-token
      """)

  @Argument(help: "The agent's address or name, with :PORT where that is not 161.")
  var agent: String
  @Argument(help: "OIDs in numbers.")
  var oids: [String]
  @Option(help: "get, getnext, getbulk, or walk: everything below the OIDs.")
  var operation: PollOperation = .get
  @Option(help: "A name of the configuration's <security>. Default: what metadata knows of the agent.")
  var credentials: String?
  @Option(help: "Of each attempt, like 2s or 500ms. Default: the daemon's.")
  var timeout: TimeSpan?
  @Option(help: "Attempts after the first. Default: the daemon's.")
  var retries: Int?
  @Option(help: "Of getbulk and walk: values in one answer.")
  var maxRepetitions: Int?
  @Option(help: "Of a walk: values at most. Default: 10000.")
  var limit: Int?
  @Flag(help: "Print the answer as one JSON object in place of the text.")
  var json = false
  @OptionGroup(title: "Where") var api: APIOptions

  /// The request as it goes to the daemon, to this agent.
  func request(to agent: String) -> PollRequest {
    var request = PollRequest(agent: agent, operation: operation, oids: oids)
    request.credentials = credentials
    request.timeout = timeout.map { "\($0.nanoseconds / 1_000_000)ms" }
    request.retries = retries
    request.maxRepetitions = maxRepetitions
    request.limit = limit
    return request
  }

  func validate() throws {
    do throws(ControlProblem) {
      try PollRequest.check([request(to: agent)])
    } catch {
      throw ValidationError(PollCommand.ofOne(error.detail))
    }
  }

  /// The agent by its address.
  var found: String {
    get throws {
      guard let target = PollTarget(agent) else { return agent }
      let address = try HostLookup.address(of: target.host)
      return address == target.host
        ? agent : address.contains(":") ? "[\(address)]:\(target.port)" : "\(address):\(target.port)"
    }
  }

  /// Who sends one request is not told which one.
  private static func ofOne(_ detail: String) -> String { detail.replacing("requests[0].", with: "") }

  private func answers() throws -> [PollAnswer] {
    // A walk of an agent that is slow takes as long as it takes.
    let client = try api.client(timeout: 600_000_000_000)
    let request = request(to: try found)
    do throws(APIError) {
      return try client.poll([request])
    } catch .refused(let status, let detail) {
      throw APIError.refused(status: status, detail: PollCommand.ofOne(detail))
    }
  }

  func run() throws {
    guard let answer = try answers().first else { throw APIError.answer("no answer to the request") }
    print(json ? try JSONText.line(answer) : PollPage(answer: answer).lines.joined(separator: "\n"), terminator: "")
    if json || !answer.varbinds.isEmpty { print() }
    if let complaint = PollPage(answer: answer).complaint { StandardError.print("poll: \(complaint)") }
    guard answer.status == .okay else { throw ExitCode.failure }
  }
}

extension PollOperation: ExpressibleByArgument {}
