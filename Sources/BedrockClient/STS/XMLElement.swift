/// An element of the small part of XML that STS answers in: elements, character data, the five named entities and
/// character references. Attributes are skipped.
///
/// Everything else is refused, a document type above all: nothing of it is needed, and it is where XML is dangerous.
struct XMLElement: Equatable {
  let name: String
  /// The character data directly within, without white space at its ends.
  var text = ""
  var children: [XMLElement] = []

  /// The first child of that name.
  subscript(name: String) -> XMLElement? { children.first { ASCII.same($0.name, name) } }

  /// The text of the element at the end of a way of names; nil where it is missing or empty.
  func text(_ way: String...) -> String? {
    var element = self
    for name in way {
      guard let child = element[name] else { return nil }
      element = child
    }
    return element.text.isEmpty ? nil : element.text
  }

  /// The root element of a document, or nil where it is not well formed, or of the refused kind.
  static func parse(_ document: [UInt8]) -> XMLElement? {
    guard String(validating: document, as: UTF8.self) != nil else { return nil }
    var reader = XMLReader(document[...])
    return reader.document()
  }
}
