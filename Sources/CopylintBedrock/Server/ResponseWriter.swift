import NIOCore
import NIOHTTP1

/// A response as the bytes that travel (RFC 9112, 4): head and body in one piece.
struct ResponseWriter {
  let response: ServerResponse
  /// Whether the connection ends after it.
  var closes = false
  /// Whether it answers a HEAD request.
  var isHead = false

  /// The head, and as many bytes of the body.
  func bytes(bodyBytes count: Int, _ allocator: ByteBufferAllocator) -> ByteBuffer {
    var buffer = allocator.buffer(capacity: 256 + count)
    buffer.writeStaticString("HTTP/1.1 ")
    Self.write(response.status.code, to: &buffer)
    buffer.writeStaticString(" ")
    Self.write(value: response.status.reasonPhrase, to: &buffer)
    buffer.writeStaticString("\r\n")
    for (name, value) in response.headers where !Self.isOwn(name) { Self.write(name, value, to: &buffer) }
    if hasLength {
      buffer.writeStaticString("content-length: ")
      Self.write(UInt(response.body.count), to: &buffer)
      buffer.writeStaticString("\r\n")
    }
    if closes { buffer.writeStaticString("connection: close\r\n") }
    buffer.writeStaticString("\r\n")
    if !isHead, hasLength { buffer.writeBytes(response.body.prefix(count)) }
    return buffer
  }

  /// All of it.
  func bytes(_ allocator: ByteBufferAllocator) -> ByteBuffer { bytes(bodyBytes: response.body.count, allocator) }

  /// Neither 204 nor 304 has a body (RFC 9110, 8.6).
  private var hasLength: Bool { response.status != .noContent && response.status != .notModified }

  private static func isOwn(_ name: String) -> Bool {
    ["content-length", "connection", "transfer-encoding"].contains { own in
      own.utf8.count == name.utf8.count && zip(own.utf8, name.utf8).allSatisfy { $0 == $1 | 0x20 }
    }
  }

  private static func write(_ number: UInt, to buffer: inout ByteBuffer) {
    if number >= 10 { write(number / 10, to: &buffer) }
    buffer.writeInteger(UInt8(0x30 + number % 10))
  }

  private static func write(_ name: String, _ value: String, to buffer: inout ByteBuffer) {
    write(value: name, to: &buffer)
    buffer.writeStaticString(": ")
    write(value: value, to: &buffer)
    buffer.writeStaticString("\r\n")
  }

  /// Whatever a value holds, it neither ends its line nor begins another (RFC 9110, 5.5).
  private static func write(value: String, to buffer: inout ByteBuffer) {
    let isClean = value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    guard !isClean else { return _ = buffer.writeString(value) }
    buffer.writeBytes(value.utf8.map { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 ? $0 : 0x20 })
  }
}
