/// What a condition, a placeholder or a naming rule can read of a request.
enum Field: Hashable, Sendable {
  case member(RequestMember)
  case tag(ByteString)
  case tagCount
  case sourceRegion
  case sourceAccount
  case sourceKind
  case sourceBaseModel
  case kmsKind
  case kmsAccount
  case kmsRegion
  case targetRegion
  case targetAccount
  case path

  private static let derived: [(name: ByteString, field: Field)] = [
    ("tagCount", .tagCount), ("source.region", .sourceRegion), ("source.account", .sourceAccount),
    ("source.kind", .sourceKind), ("source.baseModel", .sourceBaseModel), ("kms.kind", .kmsKind),
    ("kms.account", .kmsAccount), ("kms.region", .kmsRegion), ("target.region", .targetRegion),
    ("target.account", .targetAccount), ("path", .path),
  ]

  /// Every name that can be spelled out, and the form of a tag.
  static let names = RequestMember.names + derived.map(\.name) + ["tags.Key"]

  /// What was meant by a name that is no field's.
  static func suggestion(for name: ByteString) -> String {
    if name.starts(with: "tag."), name.count > 4 {
      return "did you mean `tags.\(name.dropping("tag.").displayString)`?"
    }
    return Suggestion.help(for: name, amongAll: names, called: "fields")
  }

  /// The field with this exact name; `tags.` is followed by a tag key, whatever it holds.
  init?(name: ByteString) {
    if let member = RequestMember(name: name) {
      self = .member(member)
    } else if name.starts(with: "tags."), name.count > 5 {
      self = .tag(name.dropping("tags."))
    } else if let known = Self.derived.first(where: { $0.name == name }) {
      self = known.field
    } else {
      return nil
    }
  }

  var name: ByteString {
    switch self {
    case .member(let member): member.name
    case .tag(let key): ByteString(Array("tags.".utf8) + key.bytes)
    default: Self.derived.first { $0.field == self }?.name ?? ""
    }
  }

  /// How a glob is matched against the field.
  var globMode: Glob.Mode {
    switch self {
    case .member(.sourceModelArn), .member(.modelKmsKeyId): .arn
    case .path: .path
    default: .plain
    }
  }

  /// Whether a value of the field can only be one of a few, which a glob can then be checked against.
  var vocabulary: [ByteString]? {
    switch self {
    case .sourceKind: SourceModel.Kind.allCases.map { ByteString($0.rawValue) }
    case .kmsKind: KmsKey.Kind.allCases.map { ByteString($0.rawValue) }
    default: nil
    }
  }

  /// Whether the field stands in the request's file rather than in the request: the gate has no file.
  var needsFile: Bool { self == .path }
}

/// What a field holds in one request.
enum FieldValue: Equatable, Sendable {
  case text(ByteString)
  case number(Int)
  /// It is there, and is neither text nor a number: the list of tags.
  case present
  case absent
  case unknown(Causes)

  init(_ text: ByteString?) { self = text.map { .text($0) } ?? .absent }
}
