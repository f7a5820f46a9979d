/// A tag (Amazon Bedrock API Reference, Tag). Both members are required.
///
/// Not comparable: `String` compares by canonical equivalence, and Bedrock by bytes.
public struct Tag: Sendable, Codable {
  /// 1 to 128 characters of `[a-zA-Z0-9\s._:/=+@-]*`; keys are unique within a resource, and case-sensitive.
  public var key: String
  /// 0 to 256 characters of `[a-zA-Z0-9\s._:/=+@-]*`.
  public var value: String

  /// A tag of this key and value.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}
