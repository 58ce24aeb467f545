package import TrapBatching

/// The answer to a `KeyQuestion`: an entry for each key of the source that is known or asked for, at each listener.
package struct KeyExplanation: Sendable {
  package enum State: String, Sendable {
    case fresh, stale, refused, unanswered, asking, unknown
  }

  package struct Entry: Sendable {
    package let key: MetadataKey
    /// Name and kind of the source of metadata that serves the listener.
    package let metadata: String
    package let kind: String
    package var state: State
    /// Metadata has said nothing of the key yet, so that no route takes a trap; `engines` are those that subscribe.
    package var isUndecided = false
    /// Nanoseconds; negative where that moment has passed; nil where there is no entry, or it holds for good.
    package var expiresIn: Int64?
    /// Of the whole source: its traps wait in one queue.
    package var heldTraps = 0
    /// The request that asks for the key.
    package var requestID: UInt64?
    package var routes: [Route] = []
    package var credentials: String?
    /// The least msgFlags & 3.
    package var level: UInt8 = 0
    /// Which of `routes` takes the trap; nil where none surely does.
    package var decidedBy: Int?
    /// Who gets the trap in the end, as far as the question tells; sorted.
    package var engines: [String] = []
    package var attributes: [TrapAttribute] = []
    /// Facts, a sentence each, in the order in which they decide.
    package var reasons: [String] = []
  }

  package var entries: [Entry] = []
}
