/// Takes secrets out of text of somebody else's: AWS answers a wrong signature with the canonical request, session token
/// and all.
enum Redaction {
  /// The text with every one of the secrets replaced.
  static func redact(_ text: String, _ secrets: [String]) -> String {
    var bytes = Array(text.utf8)
    for secret in secrets where !secret.isEmpty { bytes = replace(Array(secret.utf8), in: bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func replace(_ secret: [UInt8], in text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var rest = text[...]
    while !rest.isEmpty {
      if rest.starts(with: secret) {
        output += "[redacted]".utf8
        rest = rest.dropFirst(secret.count)
      } else {
        output.append(rest.removeFirst())
      }
    }
    return output
  }
}
