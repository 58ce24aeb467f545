import Testing

@testable import TrapHTTP

@Suite("Dates in HTTP")
struct HTTPDateTests {
  @Test(
    "a date is the seconds that date(1) says",
    arguments: [
      ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
      ("Wed, 31 Dec 2025 23:59:59 GMT", 1_767_225_599), ("Sat, 21 Nov 2026 08:00:00 GMT", 1_795_248_000),
      ("Saturday, 21-Nov-26 08:00:00 GMT", 1_795_248_000),
      ("Thu Mar  1 00:00:00 2029", 1_867_017_600),
    ] as [(String, Int64)])
  func date(text: String, seconds: Int64) {
    #expect(HTTPDate.seconds(text) == seconds)
  }
}
