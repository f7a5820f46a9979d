/// Bytes that stay where they are for as long as this lives; absent for nil.
final class OwnedSpan {
  let span: Span

  init(_ value: ByteString?) {
    guard let value else {
      span = .absent
      return
    }
    // One byte more, for an empty value is not an absent one.
    let storage = UnsafeMutablePointer<UInt8>.allocate(capacity: value.count + 1)
    value.bytes.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { storage.update(from: start, count: bytes.count) }
    }
    span = Span(start: storage, count: value.count)
  }

  deinit { span.baseAddress?.deallocate() }
}
