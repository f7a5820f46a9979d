extension Decoding {
  /// A glob for a field. A KMS key may be named without an ARN, so a glob for it is either one for ARNs, of six
  /// parts, or one for the other names, such as `alias/finance-*`.
  func fieldGlob(_ node: Node, for field: Field) -> Glob? {
    guard field == .member(.modelKmsKeyId) else { return glob(node, mode: field.globMode) }
    return kmsGlob(node)
  }

  /// A glob for the ways in which `modelKmsKeyId` names a key.
  func kmsGlob(_ node: Node) -> Glob? {
    guard let text = text(node) else { return nil }
    guard Self.isForArn(text) else {
      guard !Self.mightMatchArn(text) else {
        report(
          "\(Escaping.quoted(text)) could match across the parts of a key ARN",
          help: "use `arn:aws:kms:*:*:key/*` for key ARNs, `alias/*` for alias names, `{\"exists\": true}` for any key",
          at: node)
        return nil
      }
      return glob(node, mode: .plain)
    }
    return glob(node, mode: .arn)
  }

  /// Names without an ARN hold no colon, so a glob with one is meant for ARNs.
  private static func isForArn(_ text: ByteString) -> Bool {
    guard !text.begins(with: "arn") else { return true }
    guard let template = try? Template(parsing: text) else { return true }
    return template.pieces.contains {
      if case .literal(let literal) = $0 { literal.bytes.contains(UInt8(ascii: ":")) } else { false }
    }
  }

  /// Whether what stands before the first wildcard could begin an ARN.
  private static func mightMatchArn(_ text: ByteString) -> Bool {
    let wildcards = Array("*?$".utf8)
    let head = text.bytes.prefix { !wildcards.contains($0) }
    return head.count < text.count && ("arn:" as ByteString).starts(with: ByteString(head))
  }
}
