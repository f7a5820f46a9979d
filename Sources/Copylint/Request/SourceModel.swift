/// The model that a request copies, read from `sourceModelArn`.
struct SourceModel: Equatable, Sendable {
  /// What kind of model it is, by its resource path.
  enum Kind: String, CaseIterable, Sendable {
    /// `custom-model/BASE-MODEL/ID`
    case custom
    /// `custom-model/imported/ID`
    case imported
    /// `foundation-model/BASE-MODEL`, which no account owns
    case foundation
  }

  var region: ByteString
  /// Nil for a foundation model.
  var account: ByteString?
  var kind: Kind
  /// The foundation model's id, with its version: `amazon.titan-text-lite-v1:0:4k`. Nil for an imported model.
  var baseModel: ByteString?

  /// Nil when the value is no model ARN of Bedrock; the rule on its form says why.
  init?(_ value: ByteString) {
    guard let arn = ARN(value), arn.service == "bedrock", !arn.region.isEmpty else { return nil }
    let parts = arn.resource.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    region = arn.region
    switch (ByteString(parts[0]), parts.count, arn.account.isEmpty) {
    case ("custom-model", 3, false):
      let base = ByteString(parts[1])
      account = arn.account
      let imported: ByteString = "imported"
      kind = base == imported || base.starts(with: "imported:") ? .imported : .custom
      baseModel = kind == .imported ? nil : base
    case ("foundation-model", 2, true):
      kind = .foundation
      baseModel = ByteString(parts[1])
    default: return nil
    }
  }
}
