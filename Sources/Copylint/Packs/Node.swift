/// A value of a pack or of the configuration, with its address: what decoding reports against.
struct Node: Sendable {
  let value: JSONValue
  /// The address of what it is in, which all its siblings share.
  private let base: JSONPointer
  /// Nil for the whole document.
  private let token: JSONPointer.Token?

  init(_ document: Document) { (value, base, token) = (document.root, JSONPointer(), nil) }

  private init(_ value: JSONValue, _ base: JSONPointer, _ token: JSONPointer.Token) {
    (self.value, self.base, self.token) = (value, base, token)
  }

  var pointer: JSONPointer {
    switch token {
    case .key(let key): base.appending(key)
    case .index(let index): base.appending(index)
    case nil: base
    }
  }

  var kind: JSONValue.Kind { value.kind }

  /// What the value is called where it is a member; empty for an element and for the whole document.
  var key: ByteString { if case .key(let key) = token { key } else { "" } }

  /// The members of an object, in file order.
  var members: [Node] {
    let base = pointer
    var members: [Node] = []
    members.reserveCapacity(value.memberCount)
    value.forEachMember { members.append(Node($1, base, .key($0))) }
    return members
  }

  /// The members of an object but for `$comment`, which any object may have and which means nothing.
  var meantMembers: [Node] {
    var members = members
    members.removeAll { $0.key.isWord("$comment") }
    return members
  }

  /// The elements of an array.
  var elements: [Node] {
    let base = pointer
    var elements: [Node] = []
    elements.reserveCapacity(value.elementCount)
    for index in 0..<value.elementCount {
      if let element = value.element(at: index) { elements.append(Node(element, base, .index(index))) }
    }
    return elements
  }

  subscript(_ key: ByteString) -> Node? { value[key].map { Node($0, pointer, .key(key)) } }

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
