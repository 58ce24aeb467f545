internal import TrapAgent

/// Why a blast ended before it sent everything, or can't be judged.
enum BlastError: Error, CustomStringConvertible {
  case socket(target: String, reason: String)
  case refused(target: String, reason: String, sent: UInt64)
  case noLedger(looked: [String])
  case restarted
  case noObject(agent: String, object: String)

  var description: String {
    switch self {
    case .socket(let target, let reason):
      "\(target): \(reason); the target is a numeric address with a port, such as 127.0.0.1:1162 or [::1]:1162"
    case .refused(let target, let reason, let sent):
      "\(target): the kernel refuses to send after \(sent) traps: \(reason)"
    case .noLedger(let looked):
      "nothing was sent: no daemon's ledger was found to judge by, neither at an agent at "
        + "\(LedgerAgent.standardAddress) nor in \(looked.joined(separator: ", ")); name the daemon's agent with "
        + "--agent HOST:PORT or its state directory with --state DIR, or send without a verdict with --no-verdict"
    case .restarted:
      "the daemon was started anew while the traps were sent: no verdict is possible; "
        + "'trapline status --former' shows what the former run lost"
    case .noObject(let agent, let object):
      "\(agent): it answers, but has no \(object); is it a traplined, below \(TraplineMIB.defaultBaseOID)?"
    }
  }
}
