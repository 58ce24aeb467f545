internal import Testing
internal import TrapLedger

@Suite("The causes")
struct CauseTests {
  @Test("A cause's name is unique within its tier", arguments: ["refused", "unrouted", "missed"])
  func uniqueNames(tierName: String) throws {
    let tier = try #require(Cause.Tier(rawValue: tierName))
    let names = Cause.causes(of: tier).map(\.name)
    #expect(!names.isEmpty)
    #expect(Set(names).count == names.count)
  }

  @Test(
    "A cause's name is lower-case words and digits with hyphens, so that JSON, logs and labels can print it as it is")
  func printableNames() {
    for cause in Cause.allCases {
      #expect(cause.name.allSatisfy { $0 == "-" || ("a"..."z").contains($0) || ("0"..."9").contains($0) }, "\(cause)")
    }
  }

  @Test("The tiers share out all causes")
  func tiersCoverAll() {
    let shared = [Cause.Tier.refused, .unrouted, .missed].flatMap(Cause.causes(of:))
    #expect(Set(shared) == Set(Cause.allCases))
    #expect(shared.count == Cause.allCases.count)
  }

  /// The numbers stand in ledger files and in the MIB: changing one changes what an old file says.
  @Test(
    "A cause keeps its number for good",
    arguments: [
      (Cause.kernelDrop, 1), (.truncated, 2), (.malformed, 3), (.unsupportedVersion, 4), (.notANotification, 5),
      (.community, 6), (.v3Unsupported, 7), (.batchBound, 8), (.refusedCrash, 9),
      (.noRoute, 32), (.metadataRefused, 33), (.holdTimeout, 34), (.holdBound, 35), (.unroutedStopped, 36),
      (.unroutedCrash, 37), (.noEngine, 38),
      (.bound, 64), (.deadLetter, 65), (.engineRemoved, 66), (.missedStopped, 67), (.missedCrash, 68),
    ])
  func numbersStay(cause: Cause, number: Int) {
    #expect(cause.rawValue == number)
  }

  @Test("A refusal changes the refusal's own cell and nothing else", arguments: Cause.causes(of: .refused))
  func refusedCell(cause: Cause) throws {
    let line = try Ledger.open(directory: nil, now: 0, processID: 1).listener("main")
    line.addRefused(7, cause)
    for other in Cause.causes(of: .refused) { #expect(line.refused(other) == (other == cause ? 7 : 0)) }
    #expect(line.arrived == 0 && line.accepted == 0 && line.answered == 0)
    #expect(line.refused == 7)
  }

  @Test("What is unrouted changes its cause's own cell and nothing else", arguments: Cause.causes(of: .unrouted))
  func unroutedCell(cause: Cause) throws {
    let line = try Ledger.open(directory: nil, now: 0, processID: 1).classification
    line.addUnrouted(7, cause)
    for other in Cause.causes(of: .unrouted) { #expect(line.unrouted(other) == (other == cause ? 7 : 0)) }
    #expect(line.placed == 0 && line.held == 0)
    #expect(line.unrouted == 7)
  }

  @Test("What is missed changes its cause's own cell and nothing else", arguments: Cause.causes(of: .missed))
  func missedCell(cause: Cause) throws {
    let line = try Ledger.open(directory: nil, now: 0, processID: 1).engine("archive")
    line.addMissed(7, cause)
    for other in Cause.causes(of: .missed) { #expect(line.missed(other) == (other == cause ? 7 : 0)) }
    #expect(line.routed == 0 && line.delivered == 0 && line.inFlight == 0 && line.culled == 0 && line.replayed == 0)
    #expect(line.retries == 0 && line.batches == 0 && line.lagOctets == 0 && line.lastAcknowledged == 0)
    #expect(line.missed == 7)
  }

  @Test("An engine's counters stand apart from its causes")
  func engineCounters() throws {
    let line = try Ledger.open(directory: nil, now: 0, processID: 1).engine("archive")
    line.addRouted(1)
    line.addDelivered(2)
    line.setInFlight(3)
    line.addCulled(4)
    line.addReplayed(5)
    line.addRetry()
    line.addBatch()
    line.setLagOctets(8)
    line.setLastAcknowledged(9)
    #expect([line.routed, line.delivered, line.inFlight, line.culled, line.replayed] == [1, 2, 3, 4, 5])
    #expect([line.retries, line.batches, line.lagOctets, line.lastAcknowledged] == [1, 1, 8, 9])
    #expect(line.missed == 0)
  }

  @Test("A cause of another tier stops the process, with the cause in the message")
  func wrongTier() async {
    await #expect(processExitsWith: .failure) {
      let ledger = try Ledger.open(directory: nil, now: 0, processID: 1)
      try ledger.listener("main").addRefused(1, .noRoute)
    }
    await #expect(processExitsWith: .failure) {
      try Ledger.open(directory: nil, now: 0, processID: 1).engine("archive").addMissed(1, .kernelDrop)
    }
    await #expect(processExitsWith: .failure) {
      try Ledger.open(directory: nil, now: 0, processID: 1).classification.addUnrouted(1, .bound)
    }
  }
}
