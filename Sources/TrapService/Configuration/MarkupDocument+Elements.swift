internal import CLibXML2

extension MarkupDocument {
  /// Copies one element and everything below it out of the parser's memory.
  static func element(_ node: xmlNodePtr) -> MarkupElement {
    var children: [MarkupElement] = []
    var text = ""
    var next = unsafe node.pointee.children
    while let child = unsafe next {
      switch unsafe child.pointee.type {
      case XML_ELEMENT_NODE: unsafe children.append(element(child))
      case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: text += unsafe string(child.pointee.content)
      default: break  // Comments and processing instructions say nothing to us; there are no entities.
      }
      unsafe next = child.pointee.next
    }
    return unsafe MarkupElement(
      name: string(node.pointee.name), namespace: node.pointee.ns.map { unsafe string($0.pointee.href) },
      attributes: attributes(node), children: children, text: trimmed(text), line: max(1, Int(xmlGetLineNo(node))))
  }

  private static func attributes(_ node: xmlNodePtr) -> [MarkupAttribute] {
    var attributes: [MarkupAttribute] = []
    var next = unsafe node.pointee.properties
    while let attribute = unsafe next {
      var value = ""
      var part = unsafe attribute.pointee.children
      while let text = unsafe part {
        value += unsafe string(text.pointee.content)
        unsafe part = text.pointee.next
      }
      unsafe attributes.append(
        MarkupAttribute(
          name: string(attribute.pointee.name), namespace: attribute.pointee.ns.map { unsafe string($0.pointee.href) },
          value: value))
      unsafe next = attribute.pointee.next
    }
    return attributes
  }

  private static func string(_ text: UnsafePointer<xmlChar>?) -> String {
    guard let text = unsafe text else { return "" }
    return unsafe String(cString: text)
  }

  private static func string(_ text: UnsafeMutablePointer<xmlChar>?) -> String {
    unsafe string(UnsafePointer(text))
  }

  private static func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }
}
