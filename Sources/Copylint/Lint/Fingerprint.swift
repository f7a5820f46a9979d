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
    var parts = DelimitedParts()
    for part in origin.parts { parts.append(part) }
    parts.append(identity.rule)
    parts.append(identity.subject)
    parts.append(identity.value)
    if repeats > 0 {
      parts.append(mark: "#")
      parts.append(number: repeats)
    }
    return parts.sha256
  }

  /// A part of what is digested.
  static func part(_ part: ByteString) -> ByteString {
    var parts = DelimitedParts()
    parts.append(part)
    return parts.bytes
  }
}
