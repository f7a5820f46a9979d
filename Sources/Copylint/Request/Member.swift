/// A member of a request as it was found.
enum Member<Value: Sendable>: Sendable {
  case absent
  /// It is there, but not as the API has it; null counts as a type of its own.
  case wrongType(JSONValue.Kind)
  case present(Value)

  var value: Value? {
    if case .present(let value) = self { value } else { nil }
  }

  var isAbsent: Bool {
    if case .absent = self { true } else { false }
  }
}

extension Member where Value == ByteString {
  /// Reads a string member of an object.
  init(_ name: ByteString, in object: JSONValue) {
    guard let value = object[name] else {
      self = .absent
      return
    }
    self = value.string.map { .present($0) } ?? .wrongType(value.kind)
  }

  /// A string member as the scanner read it.
  init(_ span: Span) { self = span.isPresent ? .present(ByteString(span)) : .absent }
}
