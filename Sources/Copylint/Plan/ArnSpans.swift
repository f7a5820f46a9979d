/// The six parts of a value that may be an ARN, as they stand: `ARN` and `ArnParts` without memory of their own.
struct ArnSpans {
  let prefix: Span
  let partition: Span
  let service: Span
  let region: Span
  let account: Span
  let resource: Span

  /// Nil when there are fewer than six parts.
  init?(_ value: Span) {
    let colon = UInt8(ascii: ":")
    guard let first = value.offset(of: colon), let second = value.offset(of: colon, from: first + 1),
      let third = value.offset(of: colon, from: second + 1), let fourth = value.offset(of: colon, from: third + 1),
      let fifth = value.offset(of: colon, from: fourth + 1)
    else { return nil }
    prefix = value.part(0, first)
    partition = value.part(first + 1, second)
    service = value.part(second + 1, third)
    region = value.part(third + 1, fourth)
    account = value.part(fourth + 1, fifth)
    resource = value.part(fifth + 1, value.count)
  }

  /// Whether it is an ARN, as `ARN` has it.
  var isArn: Bool { prefix.isWord("arn") }

  subscript(_ part: Int) -> Span {
    switch part {
    case 0: prefix
    case 1: partition
    case 2: service
    case 3: region
    case 4: account
    default: resource
    }
  }
}

/// As `SourceModel`, borrowed.
struct SourceModelSpans {
  let region: Span
  /// Absent for a foundation model.
  let account: Span
  let kind: SourceModel.Kind
  /// Absent for an imported model.
  let baseModel: Span

  init?(_ value: Span) {
    guard let arn = ArnSpans(value), arn.isArn, arn.service.isWord("bedrock"), arn.region.count > 0 else {
      return nil
    }
    let slash = UInt8(ascii: "/")
    guard let first = arn.resource.offset(of: slash) else { return nil }
    let head = arn.resource.part(0, first)
    let second = arn.resource.offset(of: slash, from: first + 1)
    region = arn.region
    if let second, head.isWord("custom-model"), arn.account.count > 0 {
      guard arn.resource.offset(of: slash, from: second + 1) == nil else { return nil }
      let base = arn.resource.part(first + 1, second)
      kind = base.isWord("imported") || base.starts(with: "imported:") ? .imported : .custom
      account = arn.account
      baseModel = kind == .imported ? .absent : base
    } else if second == nil, head.isWord("foundation-model"), arn.account.count == 0 {
      kind = .foundation
      account = .absent
      baseModel = arn.resource.part(first + 1, arn.resource.count)
    } else {
      return nil
    }
  }
}

/// As `KmsKey`, borrowed.
struct KmsKeySpans {
  let kind: KmsKey.Kind
  /// Absent unless the key is named by an ARN.
  let account: Span
  let region: Span
  let id: Span
  /// Of any value that has as many, ARN or not.
  let parts: ArnSpans?

  var isMultiRegion: Bool { !kind.isAlias && id.starts(with: "mrk-") }

  init?(_ value: Span) {
    parts = ArnSpans(value)
    if let arn = parts, arn.isArn {
      guard arn.service.isWord("kms"), arn.account.count > 0 else { return nil }
      if arn.resource.starts(with: "key/") {
        (kind, id) = (.keyArn, arn.resource.part(4, arn.resource.count))
      } else if arn.resource.starts(with: "alias/") {
        (kind, id) = (.aliasArn, arn.resource.part(6, arn.resource.count))
      } else {
        return nil
      }
      (account, region) = (arn.account, arn.region)
      return
    }
    (account, region) = (.absent, .absent)
    if value.starts(with: "alias/") {
      (kind, id) = (.aliasName, value.part(6, value.count))
    } else if value.count == 36, value.allSatisfy(KmsKey.isKeyIdByte) {
      (kind, id) = (.keyId, value)
    } else {
      return nil
    }
  }
}
