/// Says which part of an ARN is wrong and what it should look like: nobody reads a regular expression of 300 characters.
struct ArnFault {
  var message: String
  var help: String
  /// The bytes of the value that are wrong.
  var range: Range<Int>

  /// The first wrong part, left to right; nil for a member that holds no ARN, or a value none of whose parts is
  /// known to be wrong.
  static func find(in value: ByteString, of member: RequestMember) -> ArnFault? {
    switch member {
    case .sourceModelArn: ArnParts(value).flatMap { sourceModel($0) } ?? shape(value, sourceModelForm)
    case .modelKmsKeyId: kmsKey(value)
    default: nil
    }
  }

  private static let sourceModelForm = "arn:aws:bedrock:REGION:ACCOUNT:custom-model/BASE-MODEL/ID"
  private static let kmsForm = "arn:aws:kms:REGION:ACCOUNT:key/KEY-ID"

  private static func shape(_ value: ByteString, _ form: String) -> ArnFault? {
    guard ArnParts(value) == nil else { return nil }
    let colons = value.bytes.count { $0 == UInt8(ascii: ":") }
    return ArnFault(
      message: "\(Escaping.quoted(value)) is not an ARN: it has \(colons + 1) of the six parts",
      help: "write `\(form)`", range: 0..<value.count)
  }

  private static func sourceModel(_ parts: ArnParts) -> ArnFault? {
    parts.commonFault(service: "bedrock", isRegion: TargetForm.isRegionName) ?? modelResource(parts)
  }

  private static func modelResource(_ parts: ArnParts) -> ArnFault? {
    let resource = parts.text(5)
    if resource.starts(with: "foundation-model/") {
      guard parts.text(4).isEmpty else {
        return parts.fault(4, "account", "nothing: a foundation model belongs to no account")
      }
      return parts.fault(
        5, "resource", "`foundation-model/PROVIDER.MODEL`, such as `foundation-model/amazon.titan-text-lite-v1`")
    }
    guard resource.starts(with: "custom-model/") else {
      return parts.fault(
        5, "resource", "`custom-model/BASE-MODEL/ID`, `custom-model/imported/ID` or `foundation-model/…`")
    }
    guard TargetForm.isAccount(parts.text(4)) else { return parts.fault(4, "account", "12 digits") }
    return customModel(parts, resource)
  }

  private static func customModel(_ parts: ArnParts, _ resource: ByteString) -> ArnFault? {
    let pieces = resource.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard pieces.count == 3 else {
      return parts.fault(
        5, "resource",
        "`custom-model/BASE-MODEL/ID`, such as `custom-model/amazon.titan-text-lite-v1:0:4k/a1b2c3d4e5f6`")
    }
    let start = parts.ranges[5].lowerBound
    let id = ByteString(pieces[2])
    let isId = id.count == 12 && id.bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    guard isId else {
      let range = start + pieces[2].startIndex..<start + pieces[2].endIndex
      return parts.fault(range, "model id", "12 lowercase letters and digits")
    }
    let range = start + pieces[1].startIndex..<start + pieces[1].endIndex
    return parts.fault(range, "base model", "`imported` or `PROVIDER.MODEL`, lowercase, with at most two `:` suffixes")
  }

  private static func kmsKey(_ value: ByteString) -> ArnFault? {
    guard value.starts(with: "arn") || value.bytes.contains(UInt8(ascii: ":")) else { return keyName(value) }
    guard let parts = ArnParts(value) else { return shape(value, kmsForm) }
    let isRegion: (ByteString) -> Bool = { $0.bytes.allSatisfy(isNameByte) }
    if let fault = parts.commonFault(service: "kms", isRegion: isRegion) { return fault }
    guard TargetForm.isAccount(parts.text(4)) else { return parts.fault(4, "account", "12 digits") }
    let resource = parts.text(5)
    if resource.starts(with: "key/") {
      return parts.fault(
        5, "key id", "`key/` and an id of 36 characters, such as `key/1234abcd-12ab-34cd-56ef-1234567890ab`")
    }
    return parts.fault(5, "resource", "`key/KEY-ID`, or `alias/NAME` of letters, digits, `-`, `_` and `/`")
  }

  private static func keyName(_ value: ByteString) -> ArnFault {
    let isAlias = value.starts(with: "alias/")
    return ArnFault(
      message: "\(Escaping.quoted(value)) is not a \(isAlias ? "key alias" : "KMS key")",
      help: isAlias
        ? "write `alias/NAME` with a name of letters, digits, `-`, `_` and `/`"
        : "write a key ARN, `\(kmsForm)`, or an id of 36 characters", range: 0..<value.count)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
