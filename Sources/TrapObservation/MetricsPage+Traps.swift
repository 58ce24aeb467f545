internal import TrapLedger

// The three lines of the law, with all their terms. Causes that were never counted are there as 0, so that the first
// trap that one of them takes is seen as an increase.
extension MetricsPage {
  var listeners: [Metric] {
    var arrived = Metric(.counter, "arrived", "Traps that reached the listener's socket, kernel drops included.")
    var accepted = Metric(.counter, "accepted", "Traps that were accepted, and so are delivered or counted.")
    var answered = Metric(.counter, "answered", "SNMPv3 discoveries and repeated informs that were answered, no more.")
    var refused = Metric(.counter, "refused", "Traps that were not accepted, by cause.")
    for line in snapshot.listeners {
      arrived.add(.count(line.arrived), ("listener", line.name))
      accepted.add(.count(line.accepted), ("listener", line.name))
      answered.add(.count(line.answered), ("listener", line.name))
      for cause in Cause.causes(of: .refused) {
        refused.add(.count(line.refusedByCause[cause] ?? 0), ("listener", line.name), ("cause", cause.name))
      }
    }
    return [arrived, accepted, answered, refused]
  }

  var classification: [Metric] {
    var unrouted = Metric(.counter, "unrouted", "Accepted traps that no engine was to get, by cause.")
    for cause in Cause.causes(of: .unrouted) { unrouted.add(.count(snapshot[cause]), ("cause", cause.name)) }
    return [
      Metric(.counter, "placed", "Traps that were placed in the event queue, once each.", .count(snapshot.placed)),
      unrouted,
      Metric(
        .gauge, "undecided_traps", "Traps between the socket and the decision to accept them.",
        .signed(snapshot.undecided)),
      Metric(.gauge, "waiting_traps", "Accepted traps that wait for classification.", .signed(snapshot.waiting)),
      Metric(.gauge, "held_traps", "Traps that wait for an answer of metadata.", .count(snapshot.held)),
    ]
  }

  var engines: [Metric] {
    var routed = Metric(.counter, "routed", "Traps that the processing engine is to get, replayed ones included.")
    var delivered = Metric(.counter, "delivered", "Traps that the processing engine has acknowledged.")
    var missed = Metric(.counter, "missed", "Traps that the processing engine did not get, by cause.")
    var culled = Metric(.counter, "culled", "Traps that the processing engine's filter left out.")
    var replayed = Metric(.counter, "replayed", "Dead letters that were queued for the processing engine again.")
    var retries = Metric(.counter, "retries", "Batches that were handed to the processing engine again.")
    var batches = Metric(.counter, "batches", "Batches that were made for the processing engine.")
    var queued = Metric(.gauge, "engine_queued_traps", "Traps that were not yet handed to the processing engine.")
    var inFlight = Metric(.gauge, "engine_in_flight_traps", "Traps in batches that are not answered for yet.")
    var lag = Metric(.gauge, "engine_lag_bytes", "Octets of the traps that the processing engine still has to get.")
    var acknowledged = Metric(
      .gauge, "engine_last_acknowledgement_timestamp_seconds",
      "When the processing engine acknowledged last, in seconds since 1970; absent before it first did.")
    for line in snapshot.engines {
      let engine = ("engine", line.name)
      routed.add(.count(line.routed), engine)
      delivered.add(.count(line.delivered), engine)
      for cause in Cause.causes(of: .missed) {
        missed.add(.count(line.missedByCause[cause] ?? 0), engine, ("cause", cause.name))
      }
      culled.add(.count(line.culled), engine)
      replayed.add(.count(line.replayed), engine)
      retries.add(.count(line.retries), engine)
      batches.add(.count(line.batches), engine)
      queued.add(.signed(line.queued), engine)
      inFlight.add(.count(line.inFlight), engine)
      lag.add(.count(line.lagOctets), engine)
      if line.lastAcknowledged > 0 { acknowledged.add(.nanoseconds(line.lastAcknowledged), engine) }
    }
    return [
      routed, delivered, missed, culled, replayed, retries, batches, queued, inFlight, lag, acknowledged,
    ]
  }
}
