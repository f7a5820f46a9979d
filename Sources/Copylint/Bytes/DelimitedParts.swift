/// Parts of text put together so that no two lists of them have the same bytes: the length of each stands before it.
package struct DelimitedParts: ~Copyable {
  private var buffer: ByteBuffer

  /// No part yet.
  package init() { buffer = ByteBuffer(capacity: 512) }

  /// Appends a part, as `5:value`.
  package mutating func append(_ part: ByteString) { buffer.append(delimited: part) }

  /// Appends a number in decimal; not negative.
  package mutating func append(number: Int) { buffer.append(decimal: number) }

  /// Appends what is no part but tells those around it apart. A literal, and ASCII.
  package mutating func append(mark: StaticString) { buffer.append(mark) }

  /// The parts so far.
  package var bytes: ByteString { ByteString(buffer.span) }

  /// SHA-256 over them, 64 hexadecimal digits.
  package var sha256: String { SHA256Digest.hexadecimal(buffer.span) }
}

extension ByteBuffer {
  /// Appends a part of a list, its length first.
  mutating func append(delimited part: ByteString) {
    part.bytes.withUnsafeBufferPointer { append(delimited: $0) }
  }

  mutating func append(delimited part: Span) {
    append(decimal: part.count)
    append(UInt8(ascii: ":"))
    append(span: part)
  }
}
