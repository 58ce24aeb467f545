// What the dispatcher and the metadata sources know beside the ledger.
extension MetricsPage {
  var engineConditions: [Metric] {
    var info = Metric(.gauge, "engine_info", "What the processing engine is; always 1.")
    var state = Metric(.gauge, "engine_state", "1 for the state that the processing engine is in.")
    var queued = Metric(.gauge, "engine_queued_bytes", "Octets that were not yet handed to the processing engine.")
    var inFlight = Metric(.gauge, "engine_in_flight_bytes", "Octets in batches that are not answered for yet.")
    var batches = Metric(.gauge, "engine_in_flight_batches", "Batches that are not answered for yet.")
    var credits = Metric(.gauge, "engine_credits", "Batches that may be in flight at a time.")
    var failures = Metric(.gauge, "engine_failures", "Answers of unavailable since the last better one.")
    var oldest = Metric(
      .gauge, "engine_oldest_age_seconds", "How long the oldest queued trap has waited; 0 where none waits.")
    var limit = Metric(
      .gauge, "engine_pace_limit", "Traps a second that are let through; absent while nothing throttles.")
    var acknowledged = Metric(.gauge, "engine_pace_acknowledged", "Traps a second that were acknowledged of late.")
    for line in snapshot.engines {
      guard let condition = snapshot.conditions[line.name] else { continue }
      let engine = ("engine", line.name)
      info.add(.count(1), engine, ("kind", condition.kind))
      for each in EngineCondition.State.allCases {
        state.add(.count(each == condition.state ? 1 : 0), engine, ("state", each.name))
      }
      queued.add(.count(condition.queuedOctets), engine)
      inFlight.add(.count(condition.inFlightOctets), engine)
      batches.add(.count(condition.batchesInFlight), engine)
      credits.add(.count(condition.credits), engine)
      failures.add(.count(condition.failures), engine)
      oldest.add(.nanoseconds(condition.oldestAge ?? 0), engine)
      if let most = condition.paceLimit { limit.add(.number(most), engine) }
      acknowledged.add(.number(condition.paceAcknowledged), engine)
    }
    return [info, state, queued, inFlight, batches, credits, failures, oldest, limit, acknowledged]
  }

  var metadata: [Metric] {
    var circuit = Metric(.gauge, "metadata_circuit", "1 for the state that the metadata source's circuit is in.")
    var outstanding = Metric(.gauge, "metadata_outstanding_requests", "Requests that are not answered yet.")
    var asked = Metric(.counter, "metadata_requests", "Requests that the metadata source was asked.")
    var keys = Metric(.counter, "metadata_keys", "Keys that the metadata source was asked for.")
    var failures = Metric(.counter, "metadata_failures", "Requests that the metadata source failed to answer.")
    for source in snapshot.metadata {
      let name = ("metadata", source.name)
      for each in MetadataStatistics.Circuit.allCases {
        circuit.add(.count(each == source.circuit ? 1 : 0), name, ("state", each.name))
      }
      outstanding.add(.count(source.outstanding), name)
      asked.add(.count(source.asked), name)
      keys.add(.count(source.keysAsked), name)
      failures.add(.count(source.failures), name)
    }
    return [circuit, outstanding, asked, keys, failures]
  }
}
