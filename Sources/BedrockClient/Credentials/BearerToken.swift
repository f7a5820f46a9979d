/// A bearer token (RFC 6750), as `AWS_BEARER_TOKEN_BEDROCK` holds one. It prints as a placeholder.
public struct BearerToken: Sendable {
  /// The token, as it follows `Bearer ` in the `Authorization` header.
  public var token: String

  /// The token of this text.
  public init(_ token: String) { self.token = token }
}

extension BearerToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// A placeholder.
  public var description: String { "bearer token" }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Empty.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
