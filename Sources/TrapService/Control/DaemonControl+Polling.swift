internal import TrapAgent
internal import TrapBatching
internal import TrapControl
internal import TrapSecurity

// Asking agents, with secrets that the caller does not see.
extension DaemonControl {
  func poll(_ requests: [PollRequest], by caller: ControlCaller) async throws(ControlProblem) -> [PollAnswer] {
    // Any token will do; without one nobody asks in our name, not even from this machine.
    guard let token = token(caller) else {
      throw ControlProblem(401, "polls need a token; add <token name=\"NAME\" secret=\"file:PATH\"/> inside of <api>")
    }
    try DaemonControl.checkNames(in: requests, of: token)
    guard let polling = parts.polling else {
      throw ControlProblem(503, "this daemon does not poll; its start says why in the log")
    }
    try PollRequest.check(requests)
    var targets: [(address: SourceAddress, port: UInt16)] = []
    for (index, request) in requests.enumerated() { targets.append(try Self.target(request, index)) }
    let known = await polling.credentials(of: requests, at: targets.map(\.address))
    var tasks: [PollTask] = []
    var places: [Int] = []
    var answers = requests.map { PollAnswer(agent: $0.agent, status: .error) }
    for (index, request) in requests.enumerated() {
      if let credentials = known[index] {
        let target = targets[index]
        tasks.append(PollTask(request, address: target.address, port: target.port, credentials: credentials))
        places.append(index)
      } else {
        answers[index].error = Self.missing(request)
      }
    }
    guard let polled = await polling.poller.poll(tasks) else {
      throw ControlProblem(429, "\(polling.poller.count) requests to agents wait already; ask again in a moment")
    }
    for (place, answer) in zip(places, polled) { answers[place] = answer }
    return answers
  }

  /// Who names credentials and an agent of its own reads a community from the question.
  private static func checkNames(in requests: [PollRequest], of token: Configuration.Token) throws(ControlProblem) {
    guard token.engines != nil, !token.isAdmin,
      let index = requests.firstIndex(where: { $0.credentials != nil })
    else { return }
    throw ControlProblem(
      403,
      "requests[\(index)].credentials: the token \(token.name) is limited to engines, and asks with what metadata knows "
        + "of an agent; leave credentials out")
  }

  private static func target(
    _ request: PollRequest, _ index: Int
  ) throws(ControlProblem) -> (address: SourceAddress, port: UInt16) {
    guard let target = PollTarget(request.agent), let address = SourceAddress(target.host) else {
      throw ControlProblem(
        400, "requests[\(index)].agent is an IPv4 or IPv6 address, not a name: \"\(request.agent)\"")
    }
    return (address, target.port)
  }

  private static func missing(_ request: PollRequest) -> String {
    guard let name = request.credentials else {
      return "nothing says with which credentials to ask \(request.agent); name some in the request (\"credentials\"), "
        + "or have metadata name them for it (a route's credentials attribute, an inventory, a metadata service)"
    }
    return "there are no credentials \(name); add <user> or <community name=\"\(name)\" secret=\"file:PATH\"/> to "
      + "<security> and reload"
  }
}

extension PollingParts {
  /// For each request, in their order: those it names, else those that metadata knows of its agent, which is asked once.
  fileprivate func credentials(of requests: [PollRequest], at addresses: [SourceAddress]) async -> [Credentials?] {
    let directory = directory
    let unnamed = Set(zip(requests, addresses).filter { $0.0.credentials == nil }.map(\.1))
    let found = await withTaskGroup(of: (SourceAddress, Credentials?).self) { [credentialsOf] group in
      for address in unnamed { group.addTask { (address, await credentialsOf(address)) } }
      return await group.reduce(into: [SourceAddress: Credentials]()) { found, entry in found[entry.0] = entry.1 }
    }
    return zip(requests, addresses).map { request, address in
      request.credentials.map { directory.named($0) } ?? found[address]
    }
  }
}
