internal import Synchronization

/// Brings word from a part that is made early to one that is made later; what is told before anybody hears is for nobody.
internal final class Announcement<Word: Sendable>: Sendable {
  private let hearer = Mutex<(@Sendable (Word) -> Void)?>(nil)

  func hear(_ hearer: @escaping @Sendable (Word) -> Void) { self.hearer.withLock { $0 = hearer } }

  @Sendable
  func tell(_ word: Word) {
    let hearer = self.hearer.withLock { $0 }
    hearer?(word)
  }
}
