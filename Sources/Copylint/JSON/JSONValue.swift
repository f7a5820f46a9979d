import CJansson

/// A view of one value of a document; keeps the document alive.
public struct JSONValue: Sendable {
  /// The types of JSON, with numbers told apart as jansson does.
  public enum Kind: String, Sendable {
    case object, array, string, integer, real, boolean, null
  }

  /// What it is a part of.
  public let document: Document
  // Points into the document's tree, which lives as long as `document`.
  private nonisolated(unsafe) let json: UnsafeMutablePointer<json_t>

  init(document: Document, json: UnsafeMutablePointer<json_t>) {
    self.document = document
    self.json = json
  }

  /// The value's type.
  public var kind: Kind {
    switch json.pointee.type {
    case JSON_OBJECT: .object
    case JSON_ARRAY: .array
    case JSON_STRING: .string
    case JSON_INTEGER: .integer
    case JSON_REAL: .real
    case JSON_TRUE, JSON_FALSE: .boolean
    default: .null
    }
  }

  /// The members of an object in file order; none for other values.
  public var members: [(key: ByteString, value: JSONValue)] {
    var members: [(key: ByteString, value: JSONValue)] = []
    forEachMember { members.append(($0, $1)) }
    return members
  }

  /// Calls with every member of an object in file order; never for other values.
  func forEachMember(_ body: (ByteString, JSONValue) -> Void) {
    var iterator = json_object_iter(json)
    while let current = iterator {
      if let key = json_object_iter_key(current), let value = json_object_iter_value(current) {
        let bytes = UnsafeRawBufferPointer(start: key, count: json_object_iter_key_len(current))
        body(ByteString(bytes), JSONValue(document: document, json: value))
      }
      iterator = json_object_iter_next(json, current)
    }
  }

  /// The member with exactly this name.
  public subscript(_ key: ByteString) -> JSONValue? {
    let value = key.bytes.withUnsafeBytes { buffer in
      json_object_getn(json, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    return value.map { JSONValue(document: document, json: $0) }
  }

  /// The elements of an array; none for other values.
  public var elements: [JSONValue] {
    (0..<elementCount).compactMap { json_array_get(json, $0).map { JSONValue(document: document, json: $0) } }
  }

  /// One element of an array, 0-based; nil beyond its end.
  public func element(at index: Int) -> JSONValue? {
    guard index >= 0 else { return nil }
    return json_array_get(json, index).map { JSONValue(document: document, json: $0) }
  }

  /// How many elements an array has.
  public var elementCount: Int { json_array_size(json) }

  /// How many members an object has.
  public var memberCount: Int { json_object_size(json) }

  /// The text of a string.
  public var string: ByteString? {
    guard let text = json_string_value(json) else { return nil }
    return ByteString(UnsafeRawBufferPointer(start: text, count: json_string_length(json)))
  }

  /// Whether it is a string that begins with a byte.
  func isString(from byte: UInt8) -> Bool { json_string_value(json).map { UInt8(bitPattern: $0[0]) == byte } ?? false }

  /// The value of a number that was written without fraction and exponent.
  public var integer: Int? { kind == .integer ? Int(json_integer_value(json)) : nil }

  /// The value of any number.
  public var double: Double? { kind == .integer || kind == .real ? json_number_value(json) : nil }

  /// True or false.
  public var boolean: Bool? { kind == .boolean ? json.pointee.type == JSON_TRUE : nil }
}
