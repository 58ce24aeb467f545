internal import TrapDispatch
internal import TrapHTTP

/// What an answer, or its absence, means for the batch (`Documentation/HTTPFormat.md`).
internal enum HTTPEngineOutcome {
  /// Octets of an answer that a reason quotes.
  static let quoteMax = 200

  /// `now`: nanoseconds since 1970, for a `Retry-After` that is a date.
  static func of(_ result: Result<HTTPResponse, HTTPFailure>, now: Int64) -> DeliveryOutcome {
    switch result {
    case .success(let response): of(response, now: now)
    // The service had the batch and did not keep up: it gets less.
    case .failure(.timeout(let text)):
      .unavailable(reason: "\(HTTPFailure.timeout(text))", isThrottled: true)
    // No other failure says anything of the traps either.
    case .failure(let failure): .unavailable(reason: "\(failure)")
    }
  }

  private static func of(_ response: HTTPResponse, now: Int64) -> DeliveryOutcome {
    switch response.status {
    case 200..<300: return .acknowledged
    case 429, 503:
      let pause = RetryAfter.nanoseconds(response, now: now)
      return .unavailable(
        reason: reason(response), retryAfter: pause, isThrottled: response.status == 429 || pause != nil)
    case 408, 425, 502, 504: return .unavailable(reason: reason(response))
    default: return .refused(reason: reason(response))
    }
  }

  private static func reason(_ response: HTTPResponse) -> String {
    let quote = text(response.body.prefix(quoteMax))
    return quote.isEmpty ? "answered \(response.status)" : "answered \(response.status): \(quote)"
  }

  /// On one line, without control characters or the halves of a character at the cut.
  private static func text(_ octets: ArraySlice<UInt8>) -> String {
    let words = String(decoding: octets, as: UTF8.self).unicodeScalars.split { scalar in
      scalar.value <= 32 || (127...159).contains(scalar.value) || scalar.value == 0xFFFD
    }
    return words.map { String($0) }.joined(separator: " ")
  }
}
