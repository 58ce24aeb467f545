internal import CLibXML2

/// Parses XML from memory with libxml2: no network, no entities of the document's own, no guessing past an error.
///
/// A DOCTYPE is refused where it begins, before anything that it declares is read: neither an external entity nor an
/// entity bomb gets as far as being looked at. Elements nest at most 256 deep, which is libxml2's own bound.
enum MarkupDocument {
  /// The root element, or the first error that the parser met.
  static func parse(_ octets: [UInt8]) throws(MarkupError) -> MarkupElement {
    guard octets.count <= Int(Int32.max) else { throw empty("it has more than 2 GiB") }
    guard !octets.isEmpty else { throw empty("it is empty") }
    guard let context = unsafe xmlNewParserCtxt() else { throw empty("there is no memory for the parser") }
    defer { unsafe xmlFreeParserCtxt(context) }
    let findings = MarkupFindings()
    let document = unsafe read(octets, in: context, findings)
    defer { unsafe xmlFreeDoc(document) }
    if let error = findings.first { throw error }
    guard let document = unsafe document, let root = unsafe xmlDocGetRootElement(document) else {
      throw empty("it is not well-formed")
    }
    return unsafe element(root)
  }

  private static func read(
    _ octets: [UInt8], in context: xmlParserCtxtPtr, _ findings: MarkupFindings
  ) -> xmlDocPtr? {
    unsafe context.pointee._private = Unmanaged.passUnretained(findings).toOpaque()
    unsafe context.pointee.sax.pointee.internalSubset = { context, _, _, _ in
      unsafe MarkupDocument.refuseDoctype(context)
    }
    unsafe context.pointee.sax.pointee.serror = { context, error in
      unsafe MarkupDocument.record(error, of: context)
    }
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue | XML_PARSE_NOCDATA.rawValue
    let document = unsafe octets.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        unsafe xmlCtxtReadMemory(
          context, characters.baseAddress, Int32(characters.count), nil, nil, Int32(options))
      }
    }
    // The parser must not keep what lives only as long as this call.
    unsafe context.pointee._private = nil
    return unsafe withExtendedLifetime(findings) { unsafe document }
  }

  private static func findings(_ context: UnsafeMutableRawPointer?) -> (xmlParserCtxtPtr, MarkupFindings)? {
    guard let context = unsafe context?.assumingMemoryBound(to: xmlParserCtxt.self),
      let findings = unsafe context.pointee._private
    else { return nil }
    return unsafe (context, Unmanaged<MarkupFindings>.fromOpaque(findings).takeUnretainedValue())
  }

  private static func refuseDoctype(_ raw: UnsafeMutableRawPointer?) {
    guard let (context, findings) = unsafe findings(raw) else { return }
    let input = unsafe context.pointee.input
    let line = unsafe input?.pointee.line ?? 0
    let column = unsafe input?.pointee.col ?? 0
    findings.add(
      MarkupError(
        line: Int(line), column: Int(column), message: "a DOCTYPE is not read, nor any entity that it declares",
        remedy: "remove it"))
    unsafe xmlStopParser(context)
  }

  private static func record(_ error: xmlErrorPtr?, of raw: UnsafeMutableRawPointer?) {
    guard let error = unsafe error, let (_, findings) = unsafe findings(raw) else { return }
    guard unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
    let message = unsafe error.pointee.message.map { unsafe String(cString: $0) } ?? "it is not well-formed"
    findings.add(
      MarkupError(
        line: unsafe Int(error.pointee.line), column: unsafe Int(error.pointee.int2),
        message: "not well-formed: " + message.split(whereSeparator: \.isNewline).joined(separator: " "),
        remedy: "nothing after this place was read"))
  }

  private static func empty(_ message: String) -> MarkupError {
    MarkupError(line: 1, column: 1, message: message, remedy: "write a <trapline> element")
  }
}
