internal import Synchronization

/// Brings word from a part that is made early to one that is made later; what is told before anybody hears is for nobody.
internal final class Announcement<Word: Sendable>: Sendable {
  /// A struct, as a closure that a lock holds by itself gets one wrapping more each time that it is looked at.
  private struct Hearer {
    var hear: (@Sendable (Word) -> Void)?
  }

  private let hearer = Mutex(Hearer())

  func hear(_ hearer: @escaping @Sendable (Word) -> Void) { self.hearer.withLock { $0.hear = hearer } }

  @Sendable
  func tell(_ word: Word) {
    let hearer = self.hearer.withLock { $0.hear }
    hearer?(word)
  }
}
