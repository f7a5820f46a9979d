/// A response while it arrives. Taking fewer bytes than offered makes libcurl end the transfer.
struct ReceivedResponse {
  /// Why the transfer is ended from this side.
  enum Refusal: Sendable {
    case tooLarge
    case foreignAddress
  }

  var maximumBodySize = 0
  var refusal: Refusal?
  private var status = 0
  private var headers = HTTPHeaders()
  private var headerSize = 0
  private var body: [UInt8] = []
  private var hasAllHeaders = false
  private static let maximumHeaderSize = 64 * 1024

  /// The response, once its status is known.
  var response: HTTPResponse? {
    status >= 200 ? HTTPResponse(status: status, headers: headers, body: body) : nil
  }

  /// Takes a part of the body; returns how many bytes were taken.
  mutating func append(body bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= maximumBodySize else {
      refusal = .tooLarge
      return 0
    }
    body += bytes
    return bytes.count
  }

  /// Takes a line of the header: the status line, which begins a new header (after an interim response), a field, or the
  /// empty line at its end. Trailers, which come after that, are left out.
  mutating func append(line bytes: UnsafeRawBufferPointer) -> Int {
    headerSize += bytes.count
    guard headerSize <= ReceivedResponse.maximumHeaderSize else {
      refusal = .tooLarge
      return 0
    }
    let line = ASCII.trimmed(String(decoding: bytes, as: UTF8.self))
    if line.utf8.starts(with: "HTTP/".utf8) {
      begin(statusLine: line)
    } else if line.isEmpty {
      hasAllHeaders = true
    } else if !hasAllHeaders {
      append(field: line)
    }
    return bytes.count
  }

  private mutating func begin(statusLine: String) {
    let code = statusLine.utf8.split(separator: UInt8(ascii: " ")).dropFirst().first
    status = code.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    headers = HTTPHeaders()
    hasAllHeaders = false
  }

  private mutating func append(field line: String) {
    let parts = line.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return }
    headers.append(
      String(decoding: parts[0], as: UTF8.self), ASCII.trimmed(String(decoding: parts[1], as: UTF8.self)))
  }
}
