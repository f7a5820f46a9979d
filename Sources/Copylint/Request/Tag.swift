/// One element of `targetModelTags`.
struct Tag: Sendable {
  /// Its place in the array, 0-based.
  var index: Int
  var key: Member<ByteString>
  var value: Member<ByteString>
  /// The element's type where it is not an object; key and value are absent then.
  var wrongType: JSONValue.Kind?

  /// Whether the element is an object with a string for its key.
  var hasReadableKey: Bool { key.value != nil }

  init(_ element: JSONValue, at index: Int) {
    self.index = index
    guard element.kind == .object else {
      (key, value, wrongType) = (.absent, .absent, element.kind)
      return
    }
    key = Member("key", in: element)
    value = Member("value", in: element)
  }

  init(_ scanned: ScannedTag, at index: Int) {
    self.index = index
    key = .present(ByteString(scanned.key))
    value = .present(ByteString(scanned.value))
  }

  /// The members that a tag has.
  static let memberNames: [ByteString] = ["key", "value"]

  /// The address of this element, or of one of its members, within the request.
  func pointer(_ member: ByteString? = nil) -> JSONPointer {
    let element = JSONPointer([.key(RequestMember.targetModelTags.name), .index(index)])
    return member.map { element.appending($0) } ?? element
  }
}
