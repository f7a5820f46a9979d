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
  /// SHA-256 that identifies the request, 64 hexadecimal digits.
  public var copyDigest: String
  /// The packs in force.
  public var packs: [Report.Pack]
  /// What the rules say of the request.
  public var report: Report.Request
  /// Whether it is sent.
  public var isForwarded: Bool

  /// A decision of these parts.
  public init(
    id: String, source: String, path: ByteString, keyID: String, copyDigest: String, packs: [Report.Pack],
    report: Report.Request, isForwarded: Bool
  ) {
    self.id = id
    self.source = source
    self.path = path
    self.keyID = keyID
    self.copyDigest = copyDigest
    self.packs = packs
    self.report = report
    self.isForwarded = isForwarded
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
      copyDigest: copy?.digest ?? "", packs: packs, report: report, isForwarded: false)
  }

  func write(to writer: inout JSONWriter) {
    writer.member("kind", "decision")
    writer.member("id", id)
    writer.member("source", source)
    writer.member("path", path)
    writer.member("keyId", keyID)
    writer.member("requestSha256", copyDigest)
    writer.member("forwarded", isForwarded ? "yes" : "no")
    writer.member("verdict", report.verdict.rawValue)
    writer.member("target") { writer in
      writer.member("region", orNull: report.target.region)
      writer.member("account", orNull: report.target.account)
      writer.member("declaredBy", ifPresent: report.target.declaredBy)
    }
    writer.key("packs")
    writer.array(packs) { ReportJSON.write($1, to: &$0) }
    writer.key("findings")
    writer.array(report.findings) { Self.write($1, to: &$0) }
    writer.member("error", ifPresent: report.error?.message)
  }

  private static func write(_ finding: Finding, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("rule", finding.rule)
      writer.member("severity", finding.severity.rawValue)
      writer.member("verdict", finding.verdict.rawValue)
      writer.member("status", finding.status.rawValue)
      writer.member("pointer", finding.pointer.description)
      writer.member("message", finding.message)
      writer.member("fingerprint", finding.fingerprint)
      guard let waiver = finding.waiver else { return }
      writer.member("waiver") { writer in
        writer.member("owner", waiver.owner)
        writer.member("ticket", waiver.ticket)
        writer.member("expires", waiver.expires.description)
      }
    }
  }
}
