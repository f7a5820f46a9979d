/// Writes JSON text: UTF-8 and well formed, whatever the strings hold.
///
/// Commas are the writer's business; keys and values must alternate within `object`, which is the caller's.
package struct JSONWriter {
  /// The text so far.
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// An empty text.
  package init() {}

  /// The same, for a text of so many bytes or less.
  package init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Ends a line.
  package mutating func end() { bytes.append(0x0A) }

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    open("{")
    body(&self)
    close("}")
  }

  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    open("[")
    body(&self)
    close("]")
  }

  // Inlinable, for unspecialised it asks the type of the elements for everything.
  @inlinable
  package mutating func array<Elements: Sequence>(
    _ elements: Elements, _ body: (inout JSONWriter, Elements.Element) -> Void
  ) {
    array { writer in
      for element in elements { body(&writer, element) }
    }
  }

  /// The name of the next value.
  @inline(never)
  package mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  @inline(never)
  package mutating func string(_ value: String) {
    separate()
    JSONStringText.append(value, to: &bytes)
  }

  /// Bytes that are not UTF-8 become U+FFFD.
  @inline(never)
  package mutating func string(_ value: ByteString) {
    let isPlain = value.bytes.withUnsafeBufferPointer { Escaping.isPlain($0) }
    guard isPlain else { return string(value.displayString) }
    separate()
    value.bytes.withUnsafeBufferPointer { JSONStringText.append($0, to: &bytes) }
  }

  @inline(never)
  package mutating func int(_ value: Int) { raw(String(value).utf8) }

  @inline(never)
  package mutating func bool(_ value: Bool) { raw((value ? "true" : "false").utf8) }

  package mutating func null() { raw("null".utf8) }

  /// A whole value that is JSON text already.
  package mutating func raw<Bytes: Sequence>(_ json: Bytes) where Bytes.Element == UInt8 {
    separate()
    bytes.append(contentsOf: json)
  }

  /// Forgets the text and keeps the memory, for the next line.
  package mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  // Out of line, for there are very many objects and arrays in the program.
  @inline(never)
  private mutating func open(_ bracket: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: bracket))
    needsComma = false
  }

  @inline(never)
  private mutating func close(_ bracket: Unicode.Scalar) {
    bytes.append(UInt8(ascii: bracket))
    needsComma = true
  }
}

// MARK: Members

extension JSONWriter {
  @inline(never)
  package mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  @inline(never)
  package mutating func member(_ name: String, _ value: ByteString) {
    key(name)
    string(value)
  }

  @inline(never)
  package mutating func member(_ name: String, _ value: Int) {
    key(name)
    int(value)
  }

  /// Leaves the member out when there is no value.
  package mutating func member(_ name: String, ifPresent value: String?) {
    if let value { member(name, value) }
  }

  package mutating func member(_ name: String, orNull value: ByteString?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  @inline(never)
  package mutating func member(_ name: String, _ values: [String]) {
    key(name)
    array(values) { $0.string($1) }
  }

  package mutating func member(_ name: String, object body: (inout JSONWriter) -> Void) {
    key(name)
    object(body)
  }
}
