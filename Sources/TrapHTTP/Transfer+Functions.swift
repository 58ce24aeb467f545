internal import CCurl

// What libcurl calls while it moves a transfer on. The context is the transfer, which the client's loop holds.
extension Transfer {
  private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
    unsafe Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
  }

  private static let read: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    room, size, count, context in
    unsafe from(context).takeBody(UnsafeMutableRawBufferPointer(start: room, count: size * count))
  }

  private static let write: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    octets, size, count, context in
    let isTaken = unsafe from(context).answer.add(UnsafeRawBufferPointer(start: octets, count: size * count))
    return isTaken ? size * count : 0
  }

  private static let header: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int =
    { line, size, count, context in
      let isTaken = unsafe from(context).answer.addHeader(UnsafeRawBufferPointer(start: line, count: size * count))
      return isTaken ? size * count : 0
    }

  private static let seek: @convention(c) (UnsafeMutableRawPointer?, curl_off_t, CInt) -> CInt = {
    context, offset, origin in
    guard origin == 0, unsafe from(context).rewind(to: Int(offset)) else { return CURL_SEEKFUNC_CANTSEEK }
    return CURL_SEEKFUNC_OK
  }

  func setFunctions() {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    _ = unsafe ccurl_set_function(easy, CURLOPT_READFUNCTION, Self.read)
    _ = unsafe ccurl_set_pointer(easy, CURLOPT_READDATA, context)
    _ = unsafe ccurl_set_function(easy, CURLOPT_WRITEFUNCTION, Self.write)
    _ = unsafe ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context)
    _ = unsafe ccurl_set_function(easy, CURLOPT_HEADERFUNCTION, Self.header)
    _ = unsafe ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context)
    _ = unsafe ccurl_set_seek_function(easy, Self.seek)
    _ = unsafe ccurl_set_pointer(easy, CURLOPT_SEEKDATA, context)
    _ = unsafe ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, complaint)
  }
}
