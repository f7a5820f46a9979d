/// Rules whose `when` demands that one field is one of some texts, by those texts: of many such rules a request looks
/// only at those that may apply to it.
final class RulesByText {
  let field: PlannedField
  /// Positions of all of them.
  private(set) var all: [Int] = []
  private var byHash: [UInt64: [Int]] = [:]

  init(_ field: Field) { self.field = PlannedField(field) }

  func add(_ position: Int, _ texts: [ByteString]) {
    all.append(position)
    // One rule may demand two texts of one hash.
    for hash in Set(texts.map { text in text.bytes.withUnsafeBufferPointer { Self.hash($0) } }) {
      byHash[hash, default: []].append(position)
    }
  }

  /// The rules that may apply where the field has a text; for every other one the condition is false.
  func candidates(_ text: Span) -> [Int] { byHash[Self.hash(text)] ?? [] }

  /// FNV-1a.
  private static func hash(_ text: Span) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
  }
}

extension Condition {
  /// A field and the only texts that it may have where the condition is true. Where it has another text, or none, the
  /// condition is false. Nil where there is no such field.
  var demandedTexts: (field: Field, texts: [ByteString])? {
    switch self {
    case .field(let field, let matcher): matcher.onlyTexts.map { (field, $0) }
    case .all(let parts): parts.lazy.compactMap(\.demandedTexts).first
    case .any, .not: nil
    }
  }
}

extension Matcher {
  fileprivate var onlyTexts: [ByteString]? {
    switch self {
    case .glob(let glob): return glob.onlyText.map { [$0] }
    case .equals(let template):
      guard template.pieces.count == 1, case .literal(let text) = template.pieces[0] else { return nil }
      return [text]
    case .anyOf(let parts):
      var texts: [ByteString] = []
      for part in parts {
        guard let more = part.onlyTexts else { return nil }
        texts += more
      }
      return texts
    case .allOf(let parts): return parts.lazy.compactMap(\.onlyTexts).first
    case .pattern, .equalsNumber, .exists, .range, .not: return nil
    }
  }
}

extension Glob {
  /// The only value that it matches.
  fileprivate var onlyText: ByteString? {
    guard isLiteral else { return nil }
    var bytes: [UInt8] = []
    var at = 0
    while at < text.count {
      if text[at] == UInt8(ascii: "\\") { at += 1 }
      bytes.append(text[at])
      at += 1
    }
    return ByteString(bytes)
  }
}
