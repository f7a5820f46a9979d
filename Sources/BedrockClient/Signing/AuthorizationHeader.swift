/// The `Authorization` header of a signed request.
public struct AuthorizationHeader: Sendable, Hashable {
  /// The access key id.
  public let accessKeyID: String
  /// What the signature is good for.
  public let scope: CredentialScope
  /// The names of the signed headers: lowercase, sorted.
  public let signedHeaders: [String]
  /// 64 lowercase hexadecimal digits.
  public let signature: String

  /// A header of these parts.
  public init(accessKeyID: String, scope: CredentialScope, signedHeaders: [String], signature: String) {
    self.accessKeyID = accessKeyID
    self.scope = scope
    self.signedHeaders = signedHeaders
    self.signature = signature
  }

  /// The header's value.
  public var text: String {
    "\(StringToSign.algorithm) Credential=\(accessKeyID)/\(scope.text), "
      + "SignedHeaders=\(signedHeaders.joined(separator: ";")), Signature=\(signature)"
  }
}

extension AuthorizationHeader {
  /// Reads a header's value. Each of the three parts must stand once, in any order.
  public init(parsing value: String) throws(SignatureRefusal) {
    var rest = Substring(value)
    guard let space = rest.firstIndex(of: " ") else { throw .malformedAuthorization }
    guard ASCII.same(String(rest[..<space]), StringToSign.algorithm) else { throw .unsupportedAlgorithm }
    rest = rest[space...]
    let parts = try AuthorizationHeader.parts(rest)
    guard let credential = parts["Credential"], let names = parts["SignedHeaders"], let signature = parts["Signature"]
    else { throw .malformedAuthorization }
    (accessKeyID, scope) = try AuthorizationHeader.credential(credential)
    signedHeaders = try AuthorizationHeader.names(names)
    guard signature.utf8.count == 64, signature.utf8.allSatisfy(AuthorizationHeader.isHexadecimal) else {
      throw .malformedAuthorization
    }
    self.signature = signature
  }

  private static func parts(_ text: Substring) throws(SignatureRefusal) -> [String: String] {
    var parts: [String: String] = [:]
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { throw .malformedAuthorization }
      let previous = parts.updateValue(ASCII.trimmed(pair[1]), forKey: ASCII.trimmed(pair[0]))
      guard previous == nil, parts.count <= 3 else { throw .malformedAuthorization }
    }
    return parts
  }

  /// `AKID/20150830/us-east-1/bedrock/aws4_request`.
  private static func credential(_ text: String) throws(SignatureRefusal) -> (String, CredentialScope) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts.allSatisfy({ !$0.isEmpty }), ASCII.same(parts[4], CredentialScope.terminator) else {
      throw .malformedAuthorization
    }
    return (parts[0], CredentialScope(day: parts[1], region: parts[2], service: parts[3]))
  }

  private static func names(_ text: String) throws(SignatureRefusal) -> [String] {
    let names = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    let ascending = zip(names, names.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard ascending, names.allSatisfy({ !$0.isEmpty && ASCII.same(ASCII.lowercase($0), $0) }) else {
      throw .malformedAuthorization
    }
    return names
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
