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
  private typealias Bytes = ArraySlice<UInt8>

  /// The one `Authorization` header of a request.
  package init(of request: HTTPRequest) throws(SignatureRefusal) {
    let values = request.headers.values("Authorization")
    guard let value = values.first else { throw .missingAuthentication }
    guard values.count == 1 else { throw .malformedAuthorization }
    try self.init(parsing: value)
  }

  /// Reads a header's value. Each of the three parts must stand once, in any order.
  public init(parsing value: String) throws(SignatureRefusal) {
    let bytes = Array(value.utf8)
    guard let space = bytes.firstIndex(of: 0x20) else { throw .malformedAuthorization }
    guard bytes[..<space].elementsEqual(StringToSign.algorithm.utf8) else { throw .unsupportedAlgorithm }
    let parts = try AuthorizationHeader.parts(bytes[space...])
    guard let credential = parts[0], let names = parts[1], let signature = parts[2] else {
      throw .malformedAuthorization
    }
    (accessKeyID, scope) = try AuthorizationHeader.credential(credential)
    signedHeaders = try AuthorizationHeader.names(names)
    guard signature.count == 64, signature.allSatisfy(AuthorizationHeader.isHexadecimal) else {
      throw .malformedAuthorization
    }
    self.signature = AuthorizationHeader.text(signature)
  }

  private static let partNames = ["Credential", "SignedHeaders", "Signature"]

  /// The values of the three parts, in the order of their names; nil for one that is missing.
  private static func parts(_ text: Bytes) throws(SignatureRefusal) -> [Bytes?] {
    var parts: [Bytes?] = [nil, nil, nil]
    for item in fields(of: text, separatedBy: UInt8(ascii: ",")) {
      guard let equals = item.firstIndex(of: UInt8(ascii: "=")) else { throw .malformedAuthorization }
      let name = trimmed(item[..<equals])
      guard let index = partNames.firstIndex(where: { name.elementsEqual($0.utf8) }), parts[index] == nil else {
        throw .malformedAuthorization
      }
      parts[index] = trimmed(item[(equals + 1)...])
    }
    return parts
  }

  /// `AKID/20150830/us-east-1/bedrock/aws4_request`.
  private static func credential(_ bytes: Bytes) throws(SignatureRefusal) -> (String, CredentialScope) {
    let parts = fields(of: bytes, separatedBy: UInt8(ascii: "/"))
    guard parts.count == 5, parts.allSatisfy({ !$0.isEmpty }), parts[4].elementsEqual(CredentialScope.terminator.utf8)
    else { throw .malformedAuthorization }
    return (text(parts[0]), CredentialScope(day: text(parts[1]), region: text(parts[2]), service: text(parts[3])))
  }

  private static func names(_ bytes: Bytes) throws(SignatureRefusal) -> [String] {
    let names = fields(of: bytes, separatedBy: UInt8(ascii: ";"))
    let ascending = zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }
    guard ascending, names.allSatisfy({ !$0.isEmpty && $0.allSatisfy { ASCII.lowercase($0) == $0 } }) else {
      throw .malformedAuthorization
    }
    return names.map(text)
  }

  /// What stands between separators, empty or not. `split` calls a function for every byte, and this is read of every call.
  private static func fields(of bytes: Bytes, separatedBy separator: UInt8) -> [Bytes] {
    var fields: [Bytes] = []
    var start = bytes.startIndex
    for index in bytes.indices where bytes[index] == separator {
      fields.append(bytes[start..<index])
      start = index + 1
    }
    fields.append(bytes[start...])
    return fields
  }

  private static func trimmed(_ bytes: Bytes) -> Bytes {
    var bytes = bytes
    while let byte = bytes.first, ASCII.isSpace(byte) { bytes.removeFirst() }
    while let byte = bytes.last, ASCII.isSpace(byte) { bytes.removeLast() }
    return bytes
  }

  private static func text(_ bytes: Bytes) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
