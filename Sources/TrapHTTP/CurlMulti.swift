internal import CCurl

/// libcurl's multi handle: all transfers of one client, their connections, and the cache of names.
///
/// `wake` is for any thread; everything else for the client's alone.
@safe internal final class CurlMulti: Sendable {
  // Only `curl_multi_wakeup`, which libcurl allows from any thread, is called from another than the client's.
  nonisolated(unsafe) private let raw: UnsafeMutableRawPointer

  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
  /// Connections that are kept for the next request.
  private static let keptMax = 64

  init?() {
    guard Self.isLibraryReady, let multi = unsafe curl_multi_init() else { return nil }
    unsafe raw = multi
    _ = unsafe ccurl_multi_set_number(multi, CURLMOPT_MAXCONNECTS, Self.keptMax)
  }

  deinit { unsafe curl_multi_cleanup(raw) }

  func wake() { _ = unsafe curl_multi_wakeup(raw) }

  func add(_ transfer: Transfer) {
    let code = unsafe curl_multi_add_handle(raw, transfer.easy)
    precondition(code == CURLM_OK, "curl_multi_add_handle: \(code.rawValue)")
  }

  func remove(_ transfer: Transfer) {
    let code = unsafe curl_multi_remove_handle(raw, transfer.easy)
    precondition(code == CURLM_OK, "curl_multi_remove_handle: \(code.rawValue)")
  }

  /// Moves everything on as far as it goes without waiting.
  func perform() {
    var running: CInt = 0
    _ = unsafe curl_multi_perform(raw, &running)
  }

  /// Waits for a socket, libcurl's own next timeout, a wake, or at most `milliseconds`.
  func wait(milliseconds: CInt) { _ = unsafe curl_multi_poll(raw, nil, 0, milliseconds, nil) }

  func nextFinished() -> (TransferKey, CURLcode)? {
    var left: CInt = 0
    while let message = unsafe curl_multi_info_read(raw, &left) {
      guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
      return unsafe (TransferKey(address: UInt(bitPattern: message.pointee.easy_handle)), message.pointee.data.result)
    }
    return nil
  }
}
