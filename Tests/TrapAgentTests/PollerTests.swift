import Foundation
import Testing
import TrapControl
import TrapSecurity

@testable import TrapAgent

private let system = "1.3.6.1.2.1.1"
private let sysName = system + ".5.0"

@Suite("Polling a real agent", .timeLimit(.minutes(30)))
struct PollerTests {
  @Test("get, getnext, getbulk and walk bring the same values by v1, v2c and v3 as snmpwalk has")
  func operations() async throws {
    await #expect(processExitsWith: .success) {
      let ground = try PollingGround()
      let tool = try Tool.run(
        "snmpwalk", ["-v", "2c", "-c", "public", "-m", "", "-On", "127.0.0.1:\(ground.agent.port)", system],
        in: ground.directory)
      let names = tool.lines.compactMap { $0.split(separator: " ").first.map { String($0.dropFirst()) } }
      #expect(names.count > 5)
      for credentials in [PollingGround.v1, PollingGround.v2c, PollingGround.noc, PollingGround.other] {
        let answers = await ground.ask(
          ground.task(.get, [sysName, system + ".6.0"], credentials), ground.task(.getnext, [system], credentials),
          ground.task(.walk, [system], credentials) { $0.maxRepetitions = credentials.name == "v1" ? nil : 3 },
          ground.task(.walk, [sysName.dropLast(2) + "", system + ".6"], credentials),
          ground.task(.getbulk, [system + ".4", system], credentials) { ($0.nonRepeaters, $0.maxRepetitions) = (1, 3) })
        #expect(answers.count == 5)
        #expect(answers[0].status == .okay, "\(credentials.name): \(answers[0])")
        #expect(answers[0].varbinds.map(\.value) == [.text("polled"), .text("LHR2")])
        #expect(answers[0].varbinds.map(\.oid) == [sysName, system + ".6.0"])
        #expect(answers[1].varbinds.map(\.oid) == [system + ".1.0"])
        #expect(answers[2].status == .okay && answers[2].truncated == nil, "\(answers[2])")
        #expect(answers[2].varbinds.map(\.oid) == names)
        #expect(answers[3].varbinds.map(\.oid) == [sysName, system + ".6.0"])
        if credentials.name == "v1" {
          #expect(answers[4].status == .error && answers[4].error?.contains("SNMPv1 has no GetBulk") == true)
        } else {
          #expect(answers[4].varbinds.map(\.oid) == [system + ".4.0"] + names.prefix(3))
        }
      }
      let types = await ground.ask(ground.task(.walk, [system]))[0].varbinds
      #expect(types.first { $0.oid == system + ".2.0" }?.type == "ObjectIdentifier")
      #expect(types.first { $0.oid == system + ".3.0" }?.type == "TimeTicks")
      #expect(types.first { $0.oid == system + ".4.0" }?.type == "OctetString")
      ground.stop()
    }
  }

  @Test("an error-status, a missing object, a limit and a port of nobody are each said")
  func failures() async throws {
    await #expect(processExitsWith: .success) {
      let ground = try PollingGround()
      let silent = LoopbackPort.free()
      let answers = await ground.ask(
        ground.task(.get, [sysName, "1.3.6.1.2.1.1.99.0"], PollingGround.v1),
        ground.task(.get, [system + ".5.1"]),
        ground.task(.walk, [system]) { $0.limit = 3 },
        ground.task(.get, [sysName], port: silent) { ($0.timeout, $0.retries) = ("50ms", 1) },
        ground.task(.get, [sysName], PollingGround.noc, port: silent) { ($0.timeout, $0.retries) = ("50ms", 0) },
        ground.task(.walk, ["1.3.6.1.2.1.1.99"]),
        ground.task(.walk, ["1.3.6.1.2.1.1.99"], PollingGround.v1))
      #expect(answers[0].status == .error && answers[0].error == "noSuchName" && answers[0].errorIndex == 2)
      #expect(answers[1].status == .okay && answers[1].varbinds.map(\.type) == ["noSuchInstance"], "\(answers[1])")
      #expect(answers[2].status == .okay && answers[2].varbinds.count == 3 && answers[2].truncated == true)
      #expect(answers[3].status == .timeout && answers[4].status == .timeout, "\(answers[3...4])")
      #expect(answers[5].status == .okay && answers[5].varbinds.isEmpty, "\(answers[5])")
      #expect(answers[6].status == .okay && answers[6].varbinds.isEmpty, "\(answers[6])")
      ground.stop()
    }
  }

  @Test("wrong secrets are named, spoil nothing for right ones of the same user, and leave no user behind")
  func secrets() async throws {
    await #expect(processExitsWith: .success) {
      let ground = try PollingGround()
      let cases: [(credentials: Credentials, error: String)] = [
        (PollingGround.user("noc", .sha256, "not the secret", .aes128, "noc priv secret"), "usmStatsWrongDigests"),
        (PollingGround.user("noc", .sha256, "noc auth secret", .aes128, "not the secret"), "unable to decrypt"),
        (PollingGround.user("nobody", .sha256, "noc auth secret", nil, ""), "usmStatsUnknownUserNames"),
        (PollingGround.user("noc", .sha256, "noc auth secret", nil, ""), "authorizationError"),
        (PollingGround.user("noc", .sha256, "short", .aes128, "noc priv secret"), "8 octets"),
      ]
      var tasks: [PollTask] = []
      for _ in 0..<5 {
        for entry in cases {
          // An agent that decrypts to nonsense says nothing, so that this alone is told by time.
          tasks.append(
            ground.task(.get, [sysName], entry.credentials) {
              if entry.error == "unable to decrypt" { ($0.timeout, $0.retries) = ("100ms", 0) }
            })
          tasks.append(ground.task(.get, [sysName], PollingGround.noc))
        }
      }
      let answers = await ground.poller.poll(tasks) ?? []
      #expect(answers.count == tasks.count)
      for (index, answer) in answers.enumerated() {
        if index.isMultiple(of: 2) {
          let expected = cases[index / 2 % cases.count].error
          #expect(answer.status != .okay && answer.error?.contains(expected) == true, "\(expected): \(answer)")
        } else {
          #expect(answer.varbinds.map(\.value) == [.text("polled")], "\(index): \(answer)")
        }
      }
      ground.stop()
    }
  }

  @Test("two hundred requests with sixteen under way keep their order, and a silent agent holds up nobody")
  func many() async throws {
    await #expect(processExitsWith: .success) {
      let ground = try PollingGround {
        $0.outstanding = 16
        $0.perAgent = 8
      }
      let silent = LoopbackPort.free()
      let held = Task {
        await ground.poller.poll(
          (0..<100).map { _ in
            ground.task(.get, [sysName], port: silent) { ($0.timeout, $0.retries) = ("60s", 10) }
          })
      }
      let credentials = [PollingGround.v2c, PollingGround.noc, PollingGround.other]
      let tasks = (0..<200).map { ground.task(.get, ["\(system).\(1 + $0 % 6).0"], credentials[$0 % 3]) }
      let answers = await ground.poller.poll(tasks) ?? []
      #expect(answers.count == 200)
      for (index, answer) in answers.enumerated() {
        #expect(answer.varbinds.map(\.oid) == ["\(system).\(1 + index % 6).0"], "\(index): \(answer)")
      }
      // Nobody has answered the others; cancelled, they end at once.
      held.cancel()
      let cancelled = await held.value ?? []
      #expect(cancelled.count == 100 && cancelled.allSatisfy { $0.error == "cancelled" })
      #expect(ground.poller.count == 0)
      ground.stop()
      let late = await ground.ask(ground.task(.get, [sysName]))
      #expect(late.first?.error?.contains("stopping") == true)
    }
  }

  @Test("an answer counts from the address and port that were asked, and from no other")
  func spoofed() async throws {
    await #expect(processExitsWith: .success) {
      let ground = try PollingGround()
      let (honest, other) = (EchoingAgent(answersElsewhere: false), EchoingAgent(answersElsewhere: true))
      let answers = await ground.ask(
        ground.task(.get, [sysName], port: honest.port),
        ground.task(.get, [sysName], port: other.port) { ($0.timeout, $0.retries) = ("500ms", 0) })
      #expect(answers[0].status == .okay && answers[0].varbinds.map(\.type) == ["Null"], "\(answers[0])")
      #expect(answers[1].status == .timeout && answers[1].varbinds.isEmpty, "\(answers[1])")
      ground.stop()
    }
  }

  @Test("an agent that says it has our own engine ID gets no user there, nor our clock")
  func ownEngine() async throws {
    await #expect(processExitsWith: .success) {
      let ground = try PollingGround()
      let outcome = await withCheckedContinuation { waiter in
        let accepted = ground.thread.perform {
          let own = NetSNMPLibrary.engineID
          let outcome = PollUsers().acquire(PollingGround.noc.user!, engineID: own)
          waiter.resume(returning: own.count < 5 ? "no engine ID" : "\(outcome)")
        }
        if !accepted { waiter.resume(returning: "the thread has ended") }
      }
      #expect(outcome.contains("refused") && outcome.contains("own engine ID"), "\(outcome)")
      ground.stop()
    }
  }
}
