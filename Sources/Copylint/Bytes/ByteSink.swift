/// Something that bytes are appended to.
protocol ByteSink: ~Copyable {
  mutating func append(_ byte: UInt8)
  mutating func append(span: Span)
}

extension ByteSink where Self: ~Copyable {
  /// Text that is ASCII and a literal.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    append(span: Span(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

extension [UInt8]: ByteSink {
  mutating func append(span: Span) { append(contentsOf: span) }
}
