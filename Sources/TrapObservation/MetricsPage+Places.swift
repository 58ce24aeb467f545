internal import TrapBatching
internal import TrapLedger

// Where memory goes, what is watched over it, and the table of sources.
extension MetricsPage {
  var places: [Metric] {
    var octets = Metric(.gauge, "queue_bytes", "Octets that the place takes up.")
    var peak = Metric(.gauge, "queue_peak_bytes", "The most octets that the place has taken up in this run.")
    var bound = Metric(.gauge, "queue_bound_bytes", "The most octets that the place may take up.")
    var traps = Metric(.gauge, "queue_traps", "Traps (entries, in a cache) that are there.")
    var refused = Metric(.counter, "queue_refused", "Traps that found no room.")
    for queue in snapshot.queues {
      let name = ("queue", queue.name)
      octets.add(.count(queue.octets), name)
      peak.add(.count(queue.peakOctets), name)
      bound.add(.count(queue.boundOctets), name)
      if let count = queue.traps { traps.add(.count(count), name) }
      if let count = queue.refused { refused.add(.count(count), name) }
    }
    return [
      Metric(
        .gauge, "memory_used_bytes", "Octets in use against the memory limit, over all bounds.",
        .count(snapshot[.memoryUsed])),
      Metric(.gauge, "memory_limit_bytes", "The memory limit of the configuration.", .count(snapshot[.memoryLimit])),
      octets, peak, bound, traps, refused,
      Metric(.gauge, "dead_letters_bytes", "Octets of the dead letters on disk.", .count(snapshot[.deadLetterOctets])),
      Metric(
        .counter, "unknown_answers", "Metadata's answers with unknown request IDs or keys; ignored.",
        .count(snapshot[.unknownAnswers])),
      Metric(
        .counter, "unknown_completions", "Acknowledgements of unknown or repeated batch IDs; ignored.",
        .count(snapshot[.unknownCompletions])),
    ]
  }

  var thresholds: [Metric] {
    var raised = Metric(.gauge, "threshold_raised", "1 while the threshold is raised.")
    var value = Metric(.gauge, "threshold_value", "The statistic's value, in the gauge's unit.")
    var limit = Metric(.gauge, "threshold_raise_value", "Where the threshold is raised, in the gauge's unit.")
    var raises = Metric(.counter, "threshold_raises", "How often the threshold was raised.")
    var clears = Metric(.counter, "threshold_clears", "How often the threshold was cleared.")
    for row in snapshot.thresholds {
      let index = ("threshold", "\(row.index)")
      raised.add(
        .count(row.isRaised ? 1 : 0), index, ("gauge", row.gauge.rawValue), ("item", row.item),
        ("statistic", row.statistic), ("kind", row.kind), ("severity", row.severity.rawValue))
      value.add(.signed(row.value), index)
      limit.add(.signed(row.raiseValue), index)
      raises.add(.count(row.raises), index)
      clears.add(.count(row.clears), index)
    }
    return [raised, value, limit, raises, clears]
  }

  var buffer: [Metric] {
    let buffer = snapshot.buffer
    return [
      Metric(.gauge, "buffer_commands", "Commands that wait in the interprocess buffer.", .count(buffer.commands)),
      Metric(.gauge, "buffer_bytes", "Octets of the commands that wait.", .count(buffer.octets)),
      Metric(.gauge, "buffer_bound_bytes", "The most octets that may wait.", .count(buffer.boundOctets)),
      Metric(
        .gauge, "buffer_oldest_age_seconds", "How long the oldest command has waited.", .nanoseconds(buffer.oldestAge)),
      Metric(.counter, "buffer_drains", "How often the buffer was drained.", .count(buffer.drains)),
      Metric(.counter, "buffer_applied", "Commands that were applied.", .count(buffer.applied)),
      Metric(.counter, "buffer_coalesced", "Commands that joined one of the same key.", .count(buffer.coalesced)),
      Metric(.counter, "buffer_dropped", "Commands that found no room.", .count(buffer.dropped)),
      Metric(
        .gauge, "buffer_last_drain_seconds", "What the last drain took.", .nanoseconds(buffer.lastDrainTime)),
      Metric(
        .gauge, "buffer_longest_drain_seconds", "What the longest drain took.", .nanoseconds(buffer.longestDrainTime)),
    ]
  }

  var sources: [Metric] {
    guard let table else { return [] }
    var arrived = Metric(.counter, "source_arrived", "Traps of the source that reached classification.")
    var refused = Metric(.counter, "source_refused", "Traps of the source that were refused.")
    for row in busiest {
      arrived.add(.count(row.arrived), ("source", row.address.description))
      refused.add(.count(row.refused), ("source", row.address.description))
    }
    return [
      Metric(.gauge, "sources", "Sources in the table of sources.", .count(UInt64(table.count))),
      Metric(
        .counter, "sources_forgotten", "Sources that made room for newer ones.", .count(table.forgotten)),
      arrived, refused,
    ]
  }
}
