import Foundation
import Testing
import TrapBatching
import TrapObservation

@testable import TrapAgent

private let root = "1.3.6.1.4.1.8072.9999.9999.162"

@Suite("Notifications to managers", .timeLimit(.minutes(30)))
struct NotifierTests {
  @Test(
    "snmptrapd gets raise and clear, in order, as traps and informs of v2c and v3",
    arguments: [(false, false), (false, true), (true, false), (true, true)])
  func snmptrapd(user: Bool, inform: Bool) async throws {
    await #expect(processExitsWith: .success) { [user, inform] in
      let ground = try NotifyingGround()
      let trapd = try NotifiedTrapd(NotifyingGround.users, in: ground.directory)
      ground.notifier.replace(
        [NotifyingGround.manager("nms", port: trapd.port, user: user, inform: inform)], isOwn: { _, _ in false })
      ground.notifier.notify(NotifyingGround.event(7))
      ground.notifier.notify(NotifyingGround.event(7, raise: false))
      ground.notifier.notify(NotifyingGround.event(8, severity: .major))
      let expected: [(trap: Int, index: Int, text: String)] = [
        (1, 7, "absolute 70.0MiB reached 64MiB"), (3, 7, "absolute 40MiB came back to 48MiB"), (2, 8, "reached 64MiB"),
      ]
      for (trap, index, text) in expected {
        let (security, varbinds) = try trapd.next()
        #expect(security.contains(inform ? "INFORM" : "TRAP2") && security.contains(user ? "v3" : "v2c"), "\(security)")
        #expect(varbinds.contains(".1.3.6.1.6.3.1.1.4.1.0 = OID: .\(root).0.\(trap)"), "\(varbinds)")
        #expect(varbinds.contains(".1.3.6.1.2.1.1.3.0 = Timeticks"), "\(varbinds)")
        #expect(varbinds.contains(".\(root).1.10.20.0 = STRING: \"noc-east\""), "\(varbinds)")
        #expect(varbinds.contains(".\(root).1.10.21.0 = Gauge32: \(index)"), "\(varbinds)")
        #expect(varbinds.contains(".\(root).1.10.22.0 = STRING: \"engine.lag.bytes\""), "\(varbinds)")
        #expect(varbinds.contains(".\(root).1.10.27.0 = INTEGER: \(trap == 2 ? 2 : 3)"), "\(varbinds)")
        #expect(varbinds.contains(text), "\(varbinds)")
      }
      let counts = ground.statistics { $0.sent == 3 && (!inform || $0.acknowledged == 3) }
      #expect(counts != nil && counts?.failed == 0 && counts?.dropped == 0, "\(ground.notifier.statistics)")
      ground.stop()
      trapd.stop()
    }
  }

  @Test("an inform that nobody answers is counted as failed, and the next manager has its own at once")
  func silence() async throws {
    await #expect(processExitsWith: .success) {
      let ground = try NotifyingGround()
      let trapd = try NotifiedTrapd(in: ground.directory)
      let silent = LoopbackPort.free()
      ground.notifier.replace(
        [
          NotifyingGround.manager("silent", port: silent, inform: true, retries: 0),
          NotifyingGround.manager("nms", port: trapd.port, inform: true),
        ], isOwn: { _, _ in false })
      ground.notifier.notify(NotifyingGround.event(1))
      #expect(try trapd.next().security.contains("INFORM"))
      let counts = ground.statistics { $0.failed == 1 }
      #expect(counts?.sent == 1 && counts?.acknowledged == 0, "\(ground.notifier.statistics)")
      ground.stop()
      trapd.stop()
    }
  }

  @Test("what would come in again at a listener of ours is not sent, and counted")
  func loop() async throws {
    await #expect(processExitsWith: .success) {
      let ground = try NotifyingGround()
      let trapd = try NotifiedTrapd(in: ground.directory)
      let own = LoopbackPort.free()
      let managers = [
        NotifyingGround.manager("self", port: own), NotifyingGround.manager("nms", port: trapd.port),
      ]
      ground.notifier.replace(managers, isOwn: { _, port in port == own })
      ground.notifier.notify(NotifyingGround.event(1))
      _ = try trapd.next()
      let counts = ground.statistics { $0.looping == 1 }
      #expect(counts?.sent == 0 && counts?.failed == 0, "\(ground.notifier.statistics)")
      // A reload that makes it somebody else's keeps what was counted.
      ground.notifier.replace(managers, isOwn: { _, _ in false })
      ground.notifier.notify(NotifyingGround.event(1, raise: false))
      #expect(ground.statistics { $0.sent == 1 }?.looping == 1, "\(ground.notifier.statistics)")
      ground.stop()
      trapd.stop()
    }
  }

  @Test("engines that the library forgets do not take our own clock with them")
  func ownClock() async throws {
    await #expect(processExitsWith: .success) {
      let ground = try NotifyingGround()
      let trapd = try NotifiedTrapd(NotifyingGround.users, in: ground.directory)
      ground.notifier.replace([NotifyingGround.manager("nms", port: trapd.port, user: true)], isOwn: { _, _ in false })
      ground.notifier.notify(NotifyingGround.event(1))
      #expect(try trapd.next().varbinds.contains(".10.21.0 = Gauge32: 1"))
      // One for each of its buckets, by whatever hash: ours is among them.
      let accepted = ground.thread.perform {
        for number in UInt8(0)..<200 { NetSNMPLibrary.forgetTime(of: [0x80, 0, 0x1f, 0x88, 4, number]) }
      }
      #expect(accepted)
      ground.notifier.notify(NotifyingGround.event(2))
      #expect(try trapd.next().varbinds.contains(".10.21.0 = Gauge32: 2"))
      ground.stop()
      trapd.stop()
    }
  }

  @Test("secrets that the manager does not have are named, and the users' list is left as it was")
  func secrets() async throws {
    await #expect(processExitsWith: .success) {
      let ground = try NotifyingGround()
      let trapd = try NotifiedTrapd(
        ["createUser noc SHA-256 \"another secret\" AES \"noc priv secret\""], in: ground.directory)
      ground.notifier.replace(
        [NotifyingGround.manager("nms", port: trapd.port, user: true, inform: true)], isOwn: { _, _ in false })
      ground.notifier.notify(NotifyingGround.event(1))
      #expect(ground.statistics { $0.failed == 1 }?.acknowledged == 0, "\(ground.notifier.statistics)")
      ground.stop()
      trapd.stop()
    }
  }
}
