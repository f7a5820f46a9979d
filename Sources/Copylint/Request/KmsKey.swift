/// The key of `modelKmsKeyId`, in one of the four ways in which KMS lets a key be named
/// (AWS KMS Developer Guide, Key identifiers).
struct KmsKey: Equatable, Sendable {
  /// How the key is named.
  enum Kind: String, CaseIterable, Sendable {
    case keyArn = "key-arn"
    case aliasArn = "alias-arn"
    case keyId = "key-id"
    case aliasName = "alias-name"

    /// An alias can be re-pointed at any time, so it does not say which key will be used.
    var isAlias: Bool { self == .aliasArn || self == .aliasName }
  }

  var kind: Kind
  /// Only an ARN names an account and a Region.
  var account: ByteString?
  var region: ByteString?
  /// What stands after `key/` or `alias/`, or the bare id.
  var id: ByteString

  /// Multi-Region keys share their id across Regions.
  var isMultiRegion: Bool { !kind.isAlias && id.starts(with: "mrk-") }

  /// Nil when the value is none of the four; the rule on its form says why.
  init?(_ value: ByteString) {
    if let arn = ARN(value) {
      self.init(arn)
    } else if value.starts(with: "alias/") {
      self.init(kind: .aliasName, id: value.dropping("alias/"))
    } else if value.count == 36, value.bytes.allSatisfy(Self.isKeyIdByte) {
      self.init(kind: .keyId, id: value)
    } else {
      return nil
    }
  }

  private init?(_ arn: ARN) {
    guard arn.service == "kms", !arn.account.isEmpty else { return nil }
    if arn.resource.starts(with: "key/") {
      self.init(kind: .keyArn, id: arn.resource.dropping("key/"))
    } else if arn.resource.starts(with: "alias/") {
      self.init(kind: .aliasArn, id: arn.resource.dropping("alias/"))
    } else {
      return nil
    }
    (account, region) = (arn.account, arn.region)
  }

  private init(kind: Kind, id: ByteString) { (self.kind, self.id) = (kind, id) }

  static func isKeyIdByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension ByteString {
  /// The value without a prefix that it is known to have.
  func dropping(_ prefix: ByteString) -> ByteString { ByteString(bytes.dropFirst(prefix.count)) }
}
