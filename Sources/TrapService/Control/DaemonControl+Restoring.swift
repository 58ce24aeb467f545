internal import Logging
internal import Synchronization
internal import TrapControl

// Registrations that outlive the daemon.
extension DaemonControl {
  /// At the start, before the first trap comes. What cannot be restored stays in the file.
  func restore() {
    let kept: [String: KeptRegistration]
    do {
      kept = try parts.file.read()
    } catch {
      let outcome = parts.file.setAside()
      return parts.log.error("\(parts.file.path) cannot be read: \(error); \(outcome)")
    }
    for (name, registration) in kept.sorted(by: { $0.key < $1.key }) {
      do throws(ControlProblem) {
        try restore(name, registration)
      } catch {
        stranded.withLock { $0[name] = registration }
        parts.log.error(
          "\(parts.file.path): \(name) could not be registered again: \(error.detail); mend that and restart, or DELETE it"
        )
      }
    }
  }

  private func restore(_ name: String, _ kept: KeptRegistration) throws(ControlProblem) {
    var again = kept.registration
    // Where it started is long past, and its place in the queue went with the former run.
    again.start = .now
    let token = parts.tokens.first { $0.name == kept.token }
    guard token?.name == kept.token else {
      throw ControlProblem(403, "its token \(kept.token ?? "") is none of the configuration's any more")
    }
    let registration = try parts.terms.registration(name, again, token: token)
    _ = try parts.queue.wait { () -> Result<Bool, ControlProblem> in
      Result { () throws(ControlProblem) -> Bool in try admit(registration) }
    }.get()
  }

  /// Writes down the registrations that outlive the daemon. On the control queue.
  func keep() throws(ControlProblem) {
    var kept = stranded.withLock { $0 }
    for (name, member) in parts.registry.all {
      if let registration = member.registration, registration.persists {
        kept[name] = KeptRegistration(token: registration.token, registration: registration.wish)
      }
    }
    do {
      try parts.file.write(kept)
    } catch {
      parts.log.error("\(parts.file.path): the registrations could not be kept: \(error)")
      throw ControlProblem(
        503, "the change is in force, but could not be written down and ends with the daemon: \(error)")
    }
  }
}
