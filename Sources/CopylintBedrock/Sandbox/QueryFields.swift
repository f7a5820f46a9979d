import Copylint

/// The fields of a query, each at most once.
struct QueryFields {
  private var values: [ByteString: ByteString] = [:]

  init(_ target: RequestTarget) throws(ServiceError) {
    for field in target.fields {
      guard values.updateValue(field.value, forKey: field.name) == nil else {
        throw .validation("the query parameter \(Escaping.quoted(field.name)) stands twice")
      }
    }
  }

  subscript(_ name: ByteString) -> ByteString? { values[name] }

  /// A field's value as something else; nil where it is absent. Throws where it is not one.
  func value<Value>(_ name: ByteString, _ read: (ByteString) -> Value?) throws(ServiceError) -> Value? {
    guard let text = values[name] else { return nil }
    guard let value = read(text) else {
      throw .validation(
        "1 validation error detected: Value \(Escaping.quoted(text)) at '\(name.displayString)' is not valid")
    }
    return value
  }
}
