import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is written down before a request leaves, and instead of sending one that is denied.
public struct DecisionRecord: Sendable {
  /// Names the decision in messages and in its outcome.
  public var id: String
  /// What decided: `submit` or `gate`.
  public var source: String
  /// Where the request came from: a path, or empty.
  public var path: ByteString
  /// The last four characters of the key id that the request is sent with, or was signed with; empty if unknown.
  public var keyID: String
  /// SHA-256 that identifies the request, 64 hexadecimal digits: over its members, or over its text where it lacks what the
  /// API demands.
  public var copyDigest: String
  /// The packs in force.
  public var packs: [Report.Pack]
  /// What the rules say of the request.
  public var report: Report.Request
  /// Whether it is sent.
  public var isForwarded: Bool
  /// What is copied, where it is sent.
  public var copy: Copy?

  /// What a copy is called.
  public struct Copy: Sendable {
    /// The token that it is sent with, where it is known already.
    public var token: String?
    /// The copy's name.
    public var targetModelName: String
    /// What is copied.
    public var sourceModelArn: String

    /// The copy that a request with these values asks for.
    init(_ values: CopyValues) {
      token = values.clientRequestToken?.displayString
      targetModelName = values.targetModelName.displayString
      sourceModelArn = values.sourceModelArn.displayString
    }
  }

  /// A decision of these parts.
  public init(
    id: String, source: String, path: ByteString, keyID: String, copyDigest: String, packs: [Report.Pack],
    report: Report.Request, isForwarded: Bool, copy: Copy? = nil
  ) {
    self.id = id
    self.source = source
    self.path = path
    self.keyID = keyID
    self.copyDigest = copyDigest
    self.packs = packs
    self.report = report
    self.isForwarded = isForwarded
    self.copy = copy
  }
}

extension DecisionRecord {
  /// A request of `submit` that is not sent.
  init(denying submission: Submission, packs: [Report.Pack]) {
    let report = submission.report
    let region = report.target.region?.displayString ?? ""
    let copy = submission.values.map {
      LogicalCopy($0, region: region, account: report.target.account?.displayString)
    }
    self.init(
      id: UUID().uuidString.lowercased(), source: "submit", path: report.path, keyID: "",
      copyDigest: copy?.digest ?? Self.digest(submission.text), packs: packs, report: report, isForwarded: false)
  }

  /// Empty for a request that could not be read.
  private static func digest(_ text: [UInt8]) -> String { text.isEmpty ? "" : SHA256Digest.hexadecimal(text) }

  /// Findings that a line holds at most: a request decides how many there are, and the first ones say what is wrong.
  static let maxFindings = 200

  func write(to writer: inout JSONWriter, masking masks: Set<MaskedField> = []) {
    writer.member("kind", "decision")
    writer.member("id", id)
    writer.member("source", source)
    writer.member("path", masks.shown(path, .path))
    writer.member("keyId", masks.shown(keyID, .keyID))
    writer.member("requestSha256", masks.shown(copyDigest, .requestDigest))
    writer.member("forwarded", isForwarded ? "yes" : "no")
    writer.member("verdict", report.verdict.rawValue)
    write(report.target, to: &writer, masks)
    if let copy { Self.write(copy, to: &writer, masks) }
    writer.key("packs")
    writer.array(packs) { ReportJSON.write($1, to: &$0) }
    writer.key("findings")
    writer.array(report.findings.indices.prefix(Self.maxFindings)) { Self.write(report.findings[$1], to: &$0, masks) }
    let leftOut = report.findings.count - Self.maxFindings
    if leftOut > 0 { writer.member("findingsLeftOut", leftOut) }
    writer.member("error", ifPresent: report.error.map { masks.shown($0.message, .error) })
  }

  private func write(_ target: Report.Target, to writer: inout JSONWriter, _ masks: Set<MaskedField>) {
    writer.member("target") { writer in
      writer.member("region", orNull: target.region.map { masks.shown($0, .targetRegion) })
      writer.member("account", orNull: target.account.map { masks.shown($0, .targetAccount) })
      writer.member("declaredBy", ifPresent: target.declaredBy)
    }
  }

  private static func write(_ copy: Copy, to writer: inout JSONWriter, _ masks: Set<MaskedField>) {
    writer.member("copy") { writer in
      writer.member("token", ifPresent: copy.token.map { masks.shown($0, .token) })
      writer.member("targetModelName", masks.shown(copy.targetModelName, .targetModelName))
      writer.member("sourceModelArn", masks.shown(copy.sourceModelArn, .sourceModelArn))
    }
  }

  private static func write(_ finding: Finding, to writer: inout JSONWriter, _ masks: Set<MaskedField>) {
    writer.object { writer in
      writer.member("rule", finding.rule)
      writer.member("severity", finding.severity.rawValue)
      writer.member("verdict", finding.verdict.rawValue)
      writer.member("status", finding.status.rawValue)
      writer.member("pointer", finding.pointer.description)
      writer.member("message", masks.shown(message: finding.message))
      writer.member("fingerprint", masks.shown(finding.fingerprint, .findingFingerprint))
      guard let waiver = finding.waiver else { return }
      writer.member("waiver") { writer in
        writer.member("owner", masks.shown(waiver.owner, .findingWaiver))
        writer.member("ticket", masks.shown(waiver.ticket, .findingWaiver))
        writer.member("expires", waiver.expires.description)
      }
    }
  }
}
