internal import TrapBatching
internal import TrapClassification
internal import TrapLedger
internal import TrapSecurity

extension ClassificationPolicies {
  /// `lines`: the listeners' lines of the ledger, in the order of the configuration.
  init(
    _ configuration: Configuration, lines: [ListenerLedger], answers: any AnswerSink, credentials: CredentialsDirectory
  ) {
    let agents = configuration.agents
    self.init(
      listeners: zip(configuration.listeners, lines).map { ListenerProfile($0, line: $1, answers: answers) },
      credentials: credentials,
      agents: AgentResolver(
        relays: agents.relays,
        translations: Dictionary(agents.translations.map { ($0.source, $0.agent) }) { first, _ in first }))
  }
}

extension ListenerProfile {
  fileprivate init(_ listener: Configuration.Listener, line: ListenerLedger, answers: any AnswerSink) {
    self.init(line: line)
    switch listener.v3 {
    case .verify: v3 = .verify
    case .deliverRaw: v3 = .deliverRaw
    case .refuse: v3 = .refuse
    }
    minimumLevel = listener.minimumLevel.flags
    informs = listener.informs == .answer ? .answer : .deliver
    switch listener.reports {
    case .discovery: reports = .discovery
    case .all: reports = .all
    case .none: reports = .none
    }
    key = listener.key == .agent ? .agent : .source
    self.answers = answers
    isStream = listener.address.transport.isConnected
  }
}
