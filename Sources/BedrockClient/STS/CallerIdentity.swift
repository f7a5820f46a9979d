/// Whose credentials they are (AWS STS API Reference, GetCallerIdentity).
public struct CallerIdentity: Sendable, Hashable {
  /// The 12 digits of the account.
  public let account: String
  /// The ARN of the user or the assumed role.
  public let arn: String
  /// The unique id of the user or role, with the session's name for a role.
  public let userID: String
}
