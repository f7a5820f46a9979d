import Foundation

/// A response as it stood on the wire.
struct WireResponse {
  var status: Int
  var headers: [String: String]
  var body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }

  /// The members of a JSON body.
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:]
  }

  /// Whether so many whole responses are in the bytes; looks at heads only, since a body may be large.
  static func areThere(_ count: Int, in bytes: [UInt8]) -> Bool {
    var start = 0
    for _ in 0..<count {
      let window = bytes[start..<min(bytes.count, start + 4096)]
      guard let head = window.indices.first(where: { bytes[$0...].starts(with: "\r\n\r\n".utf8) }) else { return false }
      let text = String(decoding: bytes[start..<head], as: UTF8.self)
      let length = text.firstMatch(of: /content-length: ([0-9]+)/).flatMap { Int($0.1) } ?? 0
      start = head + 4 + length
      guard start <= bytes.count else { return false }
    }
    return true
  }

  /// Every whole response in the bytes; what is cut off counts for nothing.
  static func parse(_ bytes: [UInt8]) -> [WireResponse] {
    var rest = Data(bytes)
    var responses: [WireResponse] = []
    while let headEnd = rest.range(of: Data("\r\n\r\n".utf8)) {
      let lines = String(decoding: rest[rest.startIndex..<headEnd.lowerBound], as: UTF8.self)
        .components(separatedBy: "\r\n")
      guard let status = lines.first.flatMap({ Int($0.split(separator: " ").dropFirst().first ?? "") }) else { break }
      let headers = Dictionary(
        lines.dropFirst().map { line in
          let parts = line.split(separator: ":", maxSplits: 1)
          return (parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces))
        }, uniquingKeysWith: { first, _ in first })
      let length = Int(headers["content-length"] ?? "") ?? 0
      guard rest.distance(from: headEnd.upperBound, to: rest.endIndex) >= length else { break }
      let bodyEnd = rest.index(headEnd.upperBound, offsetBy: length)
      responses.append(
        WireResponse(status: status, headers: headers, body: Array(rest[headEnd.upperBound..<bodyEnd])))
      rest = Data(rest[bodyEnd...])
    }
    return responses
  }
}
