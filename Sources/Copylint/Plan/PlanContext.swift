/// What a planned check may look at: `RequestContext`, borrowed from the bytes.
struct PlanContext {
  let request: ScannedRequest
  /// Where the copy goes; absent where nothing declares it.
  let region: Span
  let account: Span
  /// Absent for standard input without a name.
  let path: Span
  /// What `sourceModelArn` says; nil when it is absent or does not parse.
  let source: SourceModelSpans?
  /// What `modelKmsKeyId` says; nil when it is absent or does not parse.
  let kmsKey: KmsKeySpans?
  /// For each tag, a hash of its key that ASCII case does not change.
  let keyHashes: UnsafeMutablePointer<UInt32>
  /// False where no two keys are alike but for the case of ASCII letters.
  let mayHaveAlikeKeys: Bool

  /// `keyHashes` has room for the tags of any request, and is filled here.
  init(
    _ request: ScannedRequest, region: Span, account: Span, path: Span, keyHashes: UnsafeMutablePointer<UInt32>
  ) {
    (self.request, self.region, self.account, self.path) = (request, region, account, path)
    source = SourceModelSpans(request.sourceModelArn)
    kmsKey = KmsKeySpans(request.modelKmsKeyId)
    self.keyHashes = keyHashes
    var seen: UInt64 = 0
    var mayHaveAlikeKeys = false
    for index in 0..<request.tagCount {
      let hash = FoldedBytes.hash(request.tagStorage[index].key)
      keyHashes[index] = hash
      let bit: UInt64 = 1 &<< UInt64(hash & 63)
      mayHaveAlikeKeys = mayHaveAlikeKeys || seen & bit != 0
      seen |= bit
    }
    self.mayHaveAlikeKeys = mayHaveAlikeKeys
  }

  /// The tag with exactly this key.
  enum Lookup {
    case none
    case one(Int)
    case several
  }

  func tag(_ key: Span, _ hash: UInt32) -> Lookup {
    var found = Lookup.none
    for index in 0..<request.tagCount where keyHashes[index] == hash {
      guard request.tagStorage[index].key.isSame(as: key) else { continue }
      guard case .none = found else { return .several }
      found = .one(index)
    }
    return found
  }
}

/// What a field holds: `FieldValue`, borrowed. Why something is unknown is for the reference to say.
enum PlanValue {
  case text(Span)
  case number(Int)
  case present
  case absent
  case unknown
}

/// Bytes compared without the case of ASCII letters.
enum FoldedBytes {
  @inline(__always)
  static func fold(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// The same for keys that are alike; eight bytes at a time.
  static func hash(_ bytes: Span) -> UInt32 {
    guard let base = bytes.baseAddress else { return 0 }
    var hash = UInt64(bytes.count)
    var at = 0
    while bytes.count - at >= 8 {
      hash = mix(hash, UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
      at += 8
    }
    if bytes.count - at >= 4 {
      hash = mix(hash, UInt64(UnsafeRawPointer(base + at).loadUnaligned(as: UInt32.self)))
      at += 4
    }
    while at < bytes.count {
      hash = mix(hash, UInt64(base[at]))
      at += 1
    }
    return UInt32(truncatingIfNeeded: hash >> 32)
  }

  /// Without the bit that tells the cases of a letter apart.
  @inline(__always)
  private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (hash ^ (word | 0x2020_2020_2020_2020)) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 29
  }

  static func areSame(_ left: Span, _ right: Span) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where fold(left[index]) != fold(right[index]) { return false }
    return true
  }
}

/// A field that a plan reads, with what it takes to find it.
struct PlannedField {
  private let field: Field
  /// The key of `tags.Key`, and its hash.
  private let key: ByteString
  private let hash: UInt32

  init(_ field: Field) {
    self.field = field
    if case .tag(let key) = field { self.key = key } else { key = "" }
    hash = key.bytes.withUnsafeBufferPointer { FoldedBytes.hash($0) }
  }

  /// As `RequestContext.value(of:)`.
  func value(in context: PlanContext) -> PlanValue {
    switch field {
    case .member(.targetModelTags): context.request.hasTags ? .present : .absent
    case .member(let member): Self.text(context.request.string(member))
    case .tag: tag(context)
    case .tagCount: .number(context.request.tagCount)
    case .sourceRegion: source(context) { .text($0.region) }
    case .sourceAccount: source(context) { Self.text($0.account) }
    case .sourceKind: source(context) { .text(Self.word($0.kind)) }
    case .sourceBaseModel: source(context) { Self.text($0.baseModel) }
    case .kmsKind: kms(context) { .text(Self.word($0.kind)) }
    case .kmsAccount: kms(context) { $0.account.isPresent ? .text($0.account) : .unknown }
    case .kmsRegion: kms(context) { $0.region.isPresent ? .text($0.region) : .unknown }
    case .targetRegion: context.region.isPresent ? .text(context.region) : .unknown
    case .targetAccount: context.account.isPresent ? .text(context.account) : .unknown
    case .path: context.path.isPresent ? .text(context.path) : .unknown
    }
  }

  /// What of the request holds the value; nil where that is no single string of it.
  func anchor(in context: PlanContext) -> FindingAnchor? {
    switch field {
    case .member(let member): return .member(member)
    case .tag:
      guard case .one(let index) = lookup(context) else { return nil }
      return .tagValue(index)
    default: return nil
    }
  }

  private static func text(_ span: Span) -> PlanValue { span.isPresent ? .text(span) : .absent }

  private func tag(_ context: PlanContext) -> PlanValue {
    switch lookup(context) {
    case .none: .absent
    case .one(let index): .text(context.request.tagStorage[index].value)
    case .several: .unknown
    }
  }

  private func lookup(_ context: PlanContext) -> PlanContext.Lookup {
    key.bytes.withUnsafeBufferPointer { context.tag($0, hash) }
  }

  private func source(_ context: PlanContext, _ part: (SourceModelSpans) -> PlanValue) -> PlanValue {
    guard context.request.sourceModelArn.isPresent else { return .absent }
    return context.source.map(part) ?? .unknown
  }

  private func kms(_ context: PlanContext, _ part: (KmsKeySpans) -> PlanValue) -> PlanValue {
    guard context.request.modelKmsKeyId.isPresent else { return .absent }
    return context.kmsKey.map(part) ?? .unknown
  }

  private static func word(_ kind: SourceModel.Kind) -> Span {
    switch kind {
    case .custom: span("custom")
    case .imported: span("imported")
    case .foundation: span("foundation")
    }
  }

  private static func word(_ kind: KmsKey.Kind) -> Span {
    switch kind {
    case .keyArn: span("key-arn")
    case .aliasArn: span("alias-arn")
    case .keyId: span("key-id")
    case .aliasName: span("alias-name")
    }
  }

  private static func span(_ word: StaticString) -> Span {
    Span(start: word.utf8Start, count: word.utf8CodeUnitCount)
  }
}
