/// The gauges that stand in the ledger file beside the counters, so that `trapline status` needs no daemon to ask.
package enum Gauge: Int, CaseIterable, Sendable {
  case memoryUsed = 0  // octets of pinned capacity, over all bounds
  case memoryLimit = 1  // octets
  case batchQueueOctets = 2  // pinned by slabs that wait for classification
  case holdingOctets = 3  // pinned by holding areas
  case eventQueueOctets = 4  // pinned by segments
  case inFlightOctets = 5
  case cacheOctets = 6
  case cacheEntries = 7
  case requestsOutstanding = 8
  case unknownAnswers = 9  // metadata answers with unknown IDs or keys: counted and ignored
  case unknownCompletions = 10  // batch completions with unknown or repeated IDs: counted and ignored
  case deadLetterOctets = 11
  case batchQueueOctetsPeak = 12
}
