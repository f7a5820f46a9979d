/// The third stage of a signature: a key that is good for one scope, derived from the secret access key.
///
/// Source: AWS IAM User Guide, "Create a signed AWS API request", step 4. It prints nothing of the key.
public struct SigningKey: Sendable {
  private let key: HMACKey

  /// The key of this secret for this scope.
  public init(secretAccessKey: String, scope: CredentialScope) {
    let parts = [scope.day, scope.region, scope.service, CredentialScope.terminator]
    key = parts.reduce(HMACKey(Array("AWS4\(secretAccessKey)".utf8))) { HMACKey($0.code(Array($1.utf8))) }
  }

  /// The signature: 64 lowercase hexadecimal digits.
  public func signature(of text: StringToSign) -> String {
    Digest.hexadecimal(key.code(Array(text.text.utf8)))
  }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// A placeholder.
  public var description: String { "signing key" }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Empty.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
