import CZlib

/// Unpacks gzip as it comes, in bounded memory: one member after another, as `zcat` does.
final class GzipReader {
  private let path: ByteString
  private var stream = z_stream()
  private let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
  /// Whether the input may end here: at the end of a member.
  private var isComplete = false
  private var isAtEnd = false

  init(path: ByteString) throws(Diagnostic) {
    self.path = path
    guard copylint_inflate_gzip_init(&stream) == Z_OK else {
      input.deallocate()
      throw Diagnostic("there is no memory to unpack gzip", path: path)
    }
  }

  deinit {
    inflateEnd(&stream)
    input.deallocate()
  }

  /// Unpacks into `buffer` and returns how many bytes came; 0 at the end. `more` reads what is packed.
  func read(
    into buffer: UnsafeMutableBufferPointer<UInt8>,
    _ more: (UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int
  ) throws(Diagnostic) -> Int {
    while !isAtEnd {
      if stream.avail_in == 0 { try fill(more) }
      if isAtEnd { break }
      let count = try unpack(into: buffer)
      if count > 0 { return count }
    }
    return 0
  }

  private func fill(_ more: (UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int) throws(Diagnostic) {
    let count = try more(input)
    (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(count))
    guard count == 0 else { return }
    isAtEnd = true
    if !isComplete { throw refusal("the gzip data ends too early") }
  }

  private func unpack(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int {
    (stream.next_out, stream.avail_out) = (buffer.baseAddress, UInt32(clamping: buffer.count))
    let room = stream.avail_out
    let status = inflate(&stream, Z_NO_FLUSH)
    switch status {
    case Z_OK: isComplete = false
    case Z_STREAM_END:
      isComplete = true
      guard inflateReset(&stream) == Z_OK else { throw refusal("the gzip data cannot be unpacked") }
    // No progress without more input.
    case Z_BUF_ERROR: break
    default: throw refusal("the gzip data is damaged")
    }
    return Int(room - stream.avail_out)
  }

  private func refusal(_ message: String) -> Diagnostic {
    isAtEnd = true
    return Diagnostic(message, help: "pack the file again; nothing beyond this place was judged", path: path)
  }
}
