/// Everything that a rule may look at when it judges one request.
struct RequestContext: Sendable {
  let request: CopyRequest
  let target: Target
  /// Relative to the repository; nil for standard input without a name.
  let path: ByteString?
  /// The requests of this run that came before; nil where requests are judged one by one.
  let earlier: EarlierRequests?

  /// What `sourceModelArn` says; nil when it is absent or does not parse. Few rules ask.
  var source: SourceModel? { request.sourceModelArn.value.flatMap { SourceModel($0) } }
  /// What `modelKmsKeyId` says; nil when it is absent or does not parse.
  var kmsKey: KmsKey? { request.modelKmsKeyId.value.flatMap { KmsKey($0) } }

  init(request: CopyRequest, target: Target, path: ByteString?, earlier: EarlierRequests? = nil) {
    self.request = request
    self.target = target
    self.path = path
    self.earlier = earlier
  }

  /// What a field holds; unknown is never taken for absent.
  func value(of field: Field) -> FieldValue {
    switch field {
    case .member(.targetModelTags): tagsValue
    case .member(let member): Self.text(request.string(member))
    case .tag(let key): value(ofTag: key)
    case .tagCount: request.tagCount.map { .number($0) } ?? .unknown(.wrongType)
    case .sourceRegion: sourceValue { .text($0.region) }
    case .sourceAccount: sourceValue { FieldValue($0.account) }
    case .sourceKind: sourceValue { .text(ByteString($0.kind.rawValue)) }
    case .sourceBaseModel: sourceValue { FieldValue($0.baseModel) }
    case .kmsKind: kmsValue { .text(ByteString($0.kind.rawValue)) }
    case .kmsAccount: kmsValue { $0.account.map { .text($0) } ?? .unknown(.kmsKeyWithoutArn) }
    case .kmsRegion: kmsValue { $0.region.map { .text($0) } ?? .unknown(.kmsKeyWithoutArn) }
    case .targetRegion: target.region.map { .text($0) } ?? .unknown(.targetRegion)
    case .targetAccount: target.account.map { .text($0) } ?? .unknown(.targetAccount)
    case .path: path.map { .text($0) } ?? .unknown(.path)
    }
  }

  private var tagsValue: FieldValue {
    switch request.targetModelTags {
    case .absent: .absent
    case .present: .present
    case .wrongType: .unknown(.wrongType)
    }
  }

  private static func text(_ member: Member<ByteString>) -> FieldValue {
    switch member {
    case .absent: .absent
    case .present(let text): .text(text)
    case .wrongType: .unknown(.wrongType)
    }
  }

  /// A key that stands twice is unknown; so is one that is not found where a malformed element might be it.
  private func value(ofTag key: ByteString) -> FieldValue {
    guard request.tagCount != nil else { return .unknown(.wrongType) }
    guard !request.repeatsTag(withKey: key) else { return .unknown(.duplicateTag) }
    guard let tag = request.tag(withKey: key) else {
      return request.tags.allSatisfy(\.hasReadableKey) ? .absent : .unknown(.wrongType)
    }
    return tag.value.value.map { .text($0) } ?? .unknown(.wrongType)
  }

  private func sourceValue(_ part: (SourceModel) -> FieldValue) -> FieldValue {
    switch request.sourceModelArn {
    case .absent: .absent
    case .wrongType: .unknown(.wrongType)
    case .present: source.map(part) ?? .unknown(.unparsableSourceModel)
    }
  }

  private func kmsValue(_ part: (KmsKey) -> FieldValue) -> FieldValue {
    switch request.modelKmsKeyId {
    case .absent: .absent
    case .wrongType: .unknown(.wrongType)
    case .present: kmsKey.map(part) ?? .unknown(.unparsableKmsKey)
    }
  }
}

extension RequestContext {
  /// What a placeholder stands for. A number is its decimal digits.
  @inline(never)
  func resolve(_ name: ByteString) -> Resolved {
    guard let field = Field(name: name) else { return .absent }
    return switch value(of: field) {
    case .text(let text): .value(text)
    case .number(let number): .value(ByteString(String(number)))
    case .present, .absent: .absent
    case .unknown: .unknown
    }
  }

  /// Why the named field is unknown; nothing when it is not.
  func causes(ofUnknown name: ByteString) -> Causes {
    guard let field = Field(name: name), case .unknown(let causes) = value(of: field) else { return [] }
    return causes
  }
}
