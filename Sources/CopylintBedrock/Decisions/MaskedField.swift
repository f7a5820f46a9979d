import Copylint

/// What a decision log can leave out. The member stays and says `masked`, so that nobody takes it for absent.
///
/// A fixed word, not a digest: most of these have few possible values, which a digest without a key lets anyone try out,
/// and a key would be one more secret to keep. What belongs together is still known: the lines of one decision have one
/// `id`.
public enum MaskedField: String, CaseIterable, Sendable {
  /// Where the request came from.
  case path
  /// The last four characters of the key id.
  case keyID = "keyId"
  /// The digest that identifies the request: who can guess its members can try them out against it.
  case requestDigest = "requestSha256"
  /// The destination Region.
  case targetRegion = "target.region"
  /// The destination account.
  case targetAccount = "target.account"
  /// The copy's name.
  case targetModelName = "copy.targetModelName"
  /// What is copied.
  case sourceModelArn = "copy.sourceModelArn"
  /// What a finding says; its rule stays.
  case findingMessage = "findings.message"
  /// What a finding quotes, tag values among them: from the first backtick of its message to the last.
  case findingValues = "findings.values"
  /// The digest that identifies a finding; the value is part of it.
  case findingFingerprint = "findings.fingerprint"
  /// Who answers for a waived finding.
  case findingWaiver = "findings.waiver"
  /// The client request token.
  case token
  /// The job.
  case jobArn
  /// What Bedrock, or the reader of the request, says is wrong: it may quote the request.
  case error

  /// The field of this name. Throws where there is none, with what may have been meant.
  public static func named(_ name: String) throws(Diagnostic) -> MaskedField {
    if let field = MaskedField(rawValue: name) { return field }
    let name = ByteString(name)
    throw Diagnostic(
      "no field \(Escaping.quoted(name)) can be masked",
      help: Suggestion.help(for: name, amongAll: allCases.map { ByteString($0.rawValue) }, called: "fields"))
  }
}

extension Set<MaskedField> {
  private static var mask: String { "masked" }

  /// What is written of a value. That there is none is no secret.
  func shown(_ value: String, _ field: MaskedField) -> String {
    contains(field) && !value.isEmpty ? Self.mask : value
  }

  /// The same for bytes.
  func shown(_ value: ByteString, _ field: MaskedField) -> ByteString {
    contains(field) && !value.isEmpty ? ByteString(Self.mask) : value
  }

  /// What is written of a message, which may quote values in backticks. A value may hold backticks itself, so that all
  /// between the first and the last one goes.
  func shown(message: String) -> String {
    if contains(.findingMessage) { return Self.mask }
    guard contains(.findingValues) else { return message }
    let bytes = Array(message.utf8)
    let tick = UInt8(ascii: "`")
    guard let first = bytes.firstIndex(of: tick), let last = bytes.lastIndex(of: tick) else { return message }
    return String(decoding: bytes[...first] + Self.mask.utf8 + bytes[last...], as: UTF8.self)
  }
}
