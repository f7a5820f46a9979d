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
    if text == "*" {
      report(
        "`*` does not say which keys",
        help: "use `arn:aws:kms:*:*:key/*` for any key ARN, or `{\"exists\": true}` in a condition", at: node)
      return nil
    }
    return glob(node, mode: Self.isForArn(text) ? .arn : .plain)
  }

  /// Names without an ARN hold no colon, so a glob with one is meant for ARNs.
  private static func isForArn(_ text: ByteString) -> Bool {
    if text.starts(with: "arn") { return true }
    guard let template = try? Template(parsing: text) else { return true }
    return template.pieces.contains {
      if case .literal(let literal) = $0 { literal.bytes.contains(UInt8(ascii: ":")) } else { false }
    }
  }
}
