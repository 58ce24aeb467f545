import Foundation
import SNMPWire

/// The datagrams collected from other projects' tests and captures, where `TRAPLINE_SHARED` names the directory that
/// holds them; the Makefile sets it.
enum Corpus {
  static let datagrams: [[UInt8]] = {
    guard let shared = ProcessInfo.processInfo.environment["TRAPLINE_SHARED"] else {
      print("The corpus is skipped: TRAPLINE_SHARED names no directory that has it.")
      return []
    }
    let corpus = URL(filePath: shared).appending(path: "corpus")
    let projects = (try? FileManager.default.contentsOfDirectory(atPath: corpus.path)) ?? []
    return projects.sorted().flatMap { project in
      let packets = try? String(contentsOf: corpus.appending(path: "\(project)/packets.hex"), encoding: .utf8)
      return packets?.split(separator: "\n").map { [UInt8](hex: String($0)) } ?? []
    }
  }()
}

extension Corpus {
  /// The datagram with the tag of an SNMPv2-Trap-PDU; nil where its PDU has other fields, or is encrypted.
  static func asNotification(_ datagram: [UInt8]) -> [UInt8]? {
    var datagram = datagram
    do {
      var reader = BERReader(datagram.span)
      reader = try reader.clamped(BERTag.sequence, datagram.span)
      if try reader.integer32(datagram.span) == 3 {
        _ = try reader.content(BERTag.sequence, datagram.span)
        _ = try reader.content(BERTag.octetString, datagram.span)
        reader = try reader.clamped(BERTag.sequence, datagram.span)
        _ = try reader.content(BERTag.octetString, datagram.span)
      }
      _ = try reader.content(BERTag.octetString, datagram.span)
      let tag = try reader.tag(datagram.span)
      guard tag != BERTag.trapV1, tag != BERTag.trapV2, tag != BERTag.inform else { return nil }
      datagram[reader.offset] = BERTag.trapV2
      return datagram
    } catch {
      return nil
    }
  }
}
