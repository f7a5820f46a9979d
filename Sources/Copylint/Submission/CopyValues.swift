/// The members of one request as they were judged, to build from them what is sent: nothing is read a second time.
///
/// Values are the bytes after JSON unescaping, valid UTF-8.
public struct CopyValues: Sendable, Equatable {
  /// One tag.
  public struct Tag: Sendable, Equatable {
    /// 1 to 128 code points.
    public var key: ByteString
    /// 0 to 256 code points.
    public var value: ByteString

    /// A tag of these.
    public init(key: ByteString, value: ByteString) {
      self.key = key
      self.value = value
    }
  }

  /// The model to copy.
  public var sourceModelArn: ByteString
  /// The copy's name.
  public var targetModelName: ByteString
  /// The key to encrypt it with; nil where the member is absent.
  public var modelKmsKeyId: ByteString?
  /// The tags in file order; nil where the member is absent, which an empty list is not.
  public var targetModelTags: [Tag]?
  /// The committed token; nil where the member is absent.
  public var clientRequestToken: ByteString?

  /// The values of one request.
  public init(
    sourceModelArn: ByteString, targetModelName: ByteString, modelKmsKeyId: ByteString? = nil,
    targetModelTags: [Tag]? = nil, clientRequestToken: ByteString? = nil
  ) {
    self.sourceModelArn = sourceModelArn
    self.targetModelName = targetModelName
    self.modelKmsKeyId = modelKmsKeyId
    self.targetModelTags = targetModelTags
    self.clientRequestToken = clientRequestToken
  }
}

extension CopyValues {
  /// Nil unless every member is there that must be, of the type that the API has: a request that is not compliant may
  /// have no values.
  init?(_ request: CopyRequest) {
    guard let source = request.sourceModelArn.value, let name = request.targetModelName.value else { return nil }
    guard case .some(let key) = Self.optional(request.modelKmsKeyId),
      case .some(let token) = Self.optional(request.clientRequestToken), case .some(let tags) = Self.tags(request)
    else { return nil }
    self.init(
      sourceModelArn: source, targetModelName: name, modelKmsKeyId: key, targetModelTags: tags,
      clientRequestToken: token)
  }

  private static func optional(_ member: Member<ByteString>) -> ByteString?? {
    switch member {
    case .absent: .some(nil)
    case .present(let value): .some(value)
    case .wrongType: nil
    }
  }

  private static func tags(_ request: CopyRequest) -> [Tag]?? {
    guard case .some(let count) = request.tagCount else { return nil }
    guard !request.targetModelTags.isAbsent else { return .some(nil) }
    var tags: [Tag] = []
    tags.reserveCapacity(count)
    for tag in request.tags {
      guard let key = tag.key.value, let value = tag.value.value else { return nil }
      tags.append(Tag(key: key, value: value))
    }
    return tags.count == count ? .some(tags) : nil
  }
}
