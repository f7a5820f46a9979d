/// What a finding is recognised by when lines move: rule, path, request, subject and value.
///
/// Its digits are worked out when somebody asks for them, for most formats show none.
struct Fingerprint: Sendable {
  /// What the findings of one request or file have in common.
  final class Origin: Sendable {
    let parts: [ByteString]

    init(_ parts: [ByteString]) { self.parts = parts }
  }

  /// What tells them apart, compared by bytes; an absent value is as an empty one.
  struct Identity: Hashable, Sendable {
    let rule: ByteString
    let subject: ByteString
    let value: ByteString
  }

  let origin: Origin
  let identity: Identity
  /// How many findings of the same identity came before.
  let repeats: Int

  /// 64 hexadecimal digits. No two findings of a run have the same.
  var text: String {
    var bytes: [UInt8] = []
    for part in origin.parts + [identity.rule, identity.subject, identity.value] { Self.append(part, to: &bytes) }
    if repeats > 0 { bytes += Array("#\(repeats)".utf8) }
    return SHA256Digest.hexadecimal(bytes)
  }

  /// Length first, so that no two lists of parts run together into the same bytes.
  static func part(_ part: ByteString) -> ByteString {
    var bytes: [UInt8] = []
    append(part, to: &bytes)
    return ByteString(bytes)
  }

  private static func append(_ part: ByteString, to bytes: inout [UInt8]) {
    bytes += "\(part.count):".utf8
    bytes += part.bytes
  }
}
