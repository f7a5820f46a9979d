/// A value of a pack or of the configuration, with its address: what decoding reports against.
struct Node: Sendable {
  let value: JSONValue
  let pointer: JSONPointer

  init(_ document: Document) { (value, pointer) = (document.root, JSONPointer()) }

  private init(_ value: JSONValue, _ pointer: JSONPointer) { (self.value, self.pointer) = (value, pointer) }

  var kind: JSONValue.Kind { value.kind }

  /// The members of an object, in file order.
  var members: [(key: ByteString, node: Node)] {
    value.members.map { ($0.key, Node($0.value, pointer.appending($0.key))) }
  }

  /// The elements of an array.
  var elements: [Node] {
    value.elements.enumerated().map { Node($0.element, pointer.appending($0.offset)) }
  }

  subscript(_ key: ByteString) -> Node? { value[key].map { Node($0, pointer.appending(key)) } }

  /// Where the value stands.
  var place: Place { value.document.place(of: pointer, .value) }
  /// Where the member's name stands; the value, for an element of an array.
  var keyPlace: Place { value.document.place(of: pointer, .key) }

  /// The bytes of a stretch of a string value, by offsets into the unescaped text. The whole string where it holds
  /// escapes, for offsets and bytes do not agree then.
  func place(of range: Range<Int>) -> Place {
    let whole = place
    guard let text = value.string, whole.range.count == text.count + 2 else { return whole }
    let start = whole.range.lowerBound + 1 + range.lowerBound
    return Place(file: whole.file, range: start..<min(start + range.count, whole.range.upperBound - 1))
  }

  /// What the value is, with its article, for a message.
  var kindDescription: String {
    switch kind {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .integer: "a number"
    case .real: "a number with a fraction"
    case .boolean: "true or false"
    case .null: "null"
    }
  }
}
