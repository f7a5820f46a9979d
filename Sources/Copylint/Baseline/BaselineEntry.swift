/// A finding that is known.
struct BaselineEntry: Sendable {
  /// What it is recognised by: the fingerprint of the finding, 64 lowercase hexadecimal digits.
  var fingerprint: ByteString?
  /// For people who read the file or its diff, as are the two that follow.
  var rule: ByteString?
  var path: ByteString?
  var message: ByteString?
  /// Where it stands; nil before it is written.
  var node: Node?

  static let shape = Shape<Self>()
    .text("path", { $0.path = $1 }, required: true, "the request file, from the repository's root")
    .text("rule", { $0.rule = $1 }, required: true, "the rule, `pack/id`")
    .text("message", { $0.message = $1 }, required: true, "what is wrong")
    .text("fingerprint", { $0.fingerprint = $1 }, required: true, "the finding's fingerprint")

  init(node: Node) { self.node = node }

  init(_ finding: Finding, of request: Report.Request) {
    fingerprint = ByteString(finding.fingerprint)
    rule = ByteString(finding.rule)
    path = request.repositoryPath ?? request.path
    message = ByteString(finding.message)
  }

  func report(to decoding: Decoding) {
    if let fingerprint, let node = node?["fingerprint"], !Self.isFingerprint(fingerprint) {
      decoding.report("not a fingerprint", help: "64 lowercase hexadecimal digits; write the baseline anew", at: node)
    }
    if let rule, let node = node?["rule"], ReservedRules.packNames.contains(where: { rule.starts(with: $0.asPack) }) {
      decoding.report("findings of \(Escaping.quoted(rule)) cannot be known", help: "remove the entry", at: node)
    }
  }

  private static func isFingerprint(_ text: ByteString) -> Bool {
    text.count == 64 && text.bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// By path, rule and fingerprint, so that a change of one finding is a change of one line.
  static func isBefore(_ left: BaselineEntry, _ right: BaselineEntry) -> Bool {
    for member in [\BaselineEntry.path, \.rule, \.fingerprint] {
      let (a, b) = (left[keyPath: member] ?? "", right[keyPath: member] ?? "")
      if a != b { return a < b }
    }
    return false
  }
}

extension ByteString {
  /// What the names of the pack's rules begin with.
  var asPack: ByteString { ByteString(bytes + [UInt8(ascii: "/")]) }
}
