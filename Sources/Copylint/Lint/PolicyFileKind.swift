/// What a file is that belongs to a policy, and was taken for one with a request in it.
struct PolicyFileKind {
  /// With its article.
  let noun: String
  /// What it is there for.
  let help: String

  /// What a JSON object looks like; nil for one that may be a request. No member of the API is among those of such files.
  static func of(_ root: JSONValue) -> PolicyFileKind? {
    guard root["format"]?.kind == .integer, RequestMember.names.allSatisfy({ root[$0] == nil }) else { return nil }
    return all.first { root[$0.member]?.kind == .array }?.kind
  }

  /// Each by the list that it is made of.
  private static let all: [(member: ByteString, kind: PolicyFileKind)] = [
    ("rules", pack), ("overrides", pack),
    ("cases", PolicyFileKind(noun: "the cases of a rule pack", help: "`copylint pack test` runs them; \(elsewhere)")),
    ("waivers", PolicyFileKind(noun: "a file of waivers", help: "name it in the configuration, and \(elsewhere)")),
    ("findings", PolicyFileKind(noun: "a baseline", help: "pass it with `--baseline`, and \(elsewhere)")),
  ]

  private static let pack = PolicyFileKind(noun: "a rule pack", help: "pass it with `--pack`, and \(elsewhere)")
  private static let elsewhere = "leave it out of what is checked: by `exclude` in the configuration, or by other paths"
}
