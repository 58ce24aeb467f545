internal import TrapBatching

/// Refuses limits that cannot hold together, naming the two settings and the relation between them that is broken.
struct LimitsCheck {
  let collector: IssueCollector
  let lines: SettingLines
  let root: MarkupElement

  func check(_ limits: Limits, _ configuration: Configuration) {
    for (listener, derived) in zip(configuration.listeners, limits.listeners) { check(listener, derived) }
    let hasRoom = limits.eventQueue >= Limits.leastEventQueue
    if !hasRoom { reportNoRoom(limits) }
    for (engine, derived) in zip(configuration.engines, limits.engines) {
      check(engine, derived, eventQueue: hasRoom ? limits.eventQueue : nil)
    }
    let reserves = limits.engines.reduce(0) { $0 + $1.reserve }
    if hasRoom && reserves > limits.eventQueue { reportReserves(reserves, limits, configuration) }
  }

  private func check(_ listener: Configuration.Listener, _ derived: Limits.Listener) {
    guard let limit = listener.queueLimit, limit < derived.queue.bound else { return }
    let element = lines.element("listener \(listener.name) queue", "listener \(listener.name)") ?? root
    collector.error(
      element,
      "queue limit \(text(limit)) is below \(text(derived.queue.bound)), which batch max-bytes \(text(listener.batch.octets)) needs",
      "raise queue limit, or lower batch max-bytes and size")
  }

  private func reportNoRoom(_ limits: Limits) {
    let taken = limits.rows.dropLast().max { $0.octets < $1.octets }
    let sum = limits.total - limits.eventQueue
    collector.error(
      lines.element("memory") ?? root,
      "memory limit \(text(limits.memoryLimit)) leaves less than \(text(Limits.leastEventQueue)) for the event queue: "
        + "the rest takes \(text(sum)), most of it \(taken.map { "\($0.name) (\(text($0.octets)))" } ?? "")",
      "raise memory limit, or lower \(taken?.setting ?? "what is configured")")
  }

  private func check(_ engine: Configuration.Engine, _ derived: Limits.Engine, eventQueue: Int?) {
    let key = "engine \(engine.name)"
    let queue = lines.element("\(key) queue", key) ?? root
    if let eventQueue, engine.queue.limit != nil, derived.bound > eventQueue {
      collector.error(
        queue,
        "queue limit \(text(derived.bound)) is above \(text(eventQueue)), "
          + "what memory limit leaves for the event queue",
        "lower queue limit, or raise memory limit")
    }
    if derived.reserve > derived.bound {
      collector.error(
        queue, "queue reserve \(text(derived.reserve)) is above queue limit \(text(derived.bound))",
        "lower reserve, or raise limit")
    }
    if engine.queue.limit != nil, engine.batch.octets > derived.bound {
      collector.error(
        queue, "queue limit \(text(derived.bound)) is below batch max-bytes \(text(engine.batch.octets))",
        "raise limit, or lower max-bytes")
    }
    if engine.batch.octets > engine.throttle.octets {
      collector.error(
        lines.element("\(key) throttle", "\(key) batch", key) ?? root,
        "throttle max-bytes \(text(engine.throttle.octets)) is below batch max-bytes \(text(engine.batch.octets))",
        "raise the throttle's, or lower the batch's")
    }
  }

  private func reportReserves(_ sum: Int, _ limits: Limits, _ configuration: Configuration) {
    let written = configuration.engines.filter { $0.queue.reserve != nil }
    let largest = written.max { ($0.queue.reserve ?? 0) < ($1.queue.reserve ?? 0) }
    collector.error(
      largest.flatMap { lines.element("engine \($0.name) queue") } ?? root,
      "all queue reserves together are \(text(sum)), above \(text(limits.eventQueue)), what memory limit leaves for the event queue",
      "lower reserve, or raise memory limit")
  }

  private func text(_ octets: Int) -> String { octets.sizeText }
}
