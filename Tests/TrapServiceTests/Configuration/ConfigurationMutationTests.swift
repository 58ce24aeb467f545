import Foundation
import Testing

@testable import TrapService

@Suite("Damaged configurations")
struct ConfigurationMutationTests {
  /// Steele, Lea and Flood's SplitMix64: the same damage on every machine.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  @Test("10,000 damaged copies of real configurations are read or refused, and nothing else")
  func mutations() throws {
    let paths = [
      "Config/trapline.xml", "Tests/Configurations/valid/everything.xml", "Tests/Configurations/valid/services.xml",
      "Tests/Configurations/valid/security.xml",
    ]
    let originals = try paths.map {
      try [UInt8](Data(contentsOf: ConfigurationFixture.root.appending(path: $0)))
    }
    var surroundings = ConfigurationFixture.surroundings
    surroundings.file = { _ throws(OctetFileError) in OctetFile.Content(octets: Array("n0c".utf8), mode: 0o640) }
    var generator = Generator(state: 162)
    var read = 0
    var refused = 0
    for round in 0..<10_000 {
      let octets = damaged(originals[round % originals.count], &generator)
      do throws(ConfigurationFailure) {
        let file = try ConfigurationFile.parse(octets, path: "m.xml", directory: ".", surroundings: surroundings)
        if round % 50 == 0 { _ = file.configuration.printed(file.limits) }
        read += 1
      } catch {
        #expect(error.issues.contains { $0.severity == .error && $0.line >= 1 && !$0.message.isEmpty })
        refused += 1
      }
    }
    // Both happen often, or the damage is of the wrong kind: much of a file is comment and white space.
    #expect(read > 500 && refused > 2000, "read \(read), refused \(refused)")
  }

  private func damaged(_ original: [UInt8], _ generator: inout Generator) -> [UInt8] {
    var octets = original
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: 0..<octets.count, using: &generator)
      let end = min(octets.count, place + Int.random(in: 1...12, using: &generator))
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: octets[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: octets.removeSubrange(place..<end)
      case 2: octets.insert(contentsOf: octets[place..<end], at: place)
      case 3: octets[place] = Array("<>&\"'/= 09az-".utf8).randomElement(using: &generator) ?? 0
      case 4:
        let line = octets[..<place].lastIndex(of: 10) ?? 0
        let next = octets[place...].firstIndex(of: 10) ?? octets.count
        octets.removeSubrange(line..<next)
      default:
        if octets.count > 64 && Int.random(in: 0..<8, using: &generator) == 0 { octets.removeSubrange(place...) }
      }
      if octets.isEmpty { return octets }
    }
    return octets
  }
}
