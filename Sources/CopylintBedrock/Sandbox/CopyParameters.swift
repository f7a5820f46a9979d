import Copylint

/// The members of an accepted CreateModelCopyJob request.
public struct CopyParameters: Sendable, Equatable {
  /// The model that is copied.
  public let sourceModelArn: ByteString
  /// What the copy is called.
  public let targetModelName: ByteString
  /// A key's ARN or id, or an alias's ARN or name.
  public let modelKmsKeyId: ByteString?
  /// In the order of the request.
  public let tags: [KeyValue]
  /// The copy's identity, where the request has one.
  public let clientRequestToken: ByteString?

  /// A tag.
  public struct KeyValue: Sendable, Equatable {
    /// Compared by bytes.
    public let key: ByteString
    /// May be empty.
    public let value: ByteString
  }

  /// The members of a JSON object whose form was judged already; nil without the two that are required.
  init?(_ body: JSONValue) {
    guard let source = body["sourceModelArn"]?.string, let name = body["targetModelName"]?.string else { return nil }
    sourceModelArn = source
    targetModelName = name
    modelKmsKeyId = body["modelKmsKeyId"]?.string
    clientRequestToken = body["clientRequestToken"]?.string
    tags = (body["targetModelTags"]?.elements ?? []).compactMap { tag in
      guard let key = tag["key"]?.string, let value = tag["value"]?.string else { return nil }
      return KeyValue(key: key, value: value)
    }
  }
}
