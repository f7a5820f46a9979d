/// An entry that is to be written.
struct WaiverDraft: Equatable {
  private(set) var members: [Member]

  /// A member of the entry; no value is null.
  struct Member: Equatable {
    var name: String
    var value: ByteString?
  }

  /// What covers a finding of one request, and as little else as may be. Without `path` it names the target and the
  /// source model in its place; nil where the request has neither.
  init?(_ finding: Finding, of request: SuppressedRequest, namesPath: Bool, _ terms: WaiverTerms) {
    var matchers: [Member] = []
    if namesPath, let path = request.path {
      matchers.append(Member(name: "path", value: Self.literal(path)))
    }
    if let name = request.targetName, !name.isEmpty, !name.bytes.contains(where: Self.isWildcard) {
      matchers.append(Member(name: "targetName", value: name))
    }
    if !namesPath, let source = request.sourceModel {
      matchers.append(Member(name: "sourceModel", value: Self.literal(source)))
    }
    guard !matchers.isEmpty else { return nil }
    members = [Member(name: "rule", value: ByteString(finding.rule))] + matchers
    if !finding.subject.isEmpty { members.append(Member(name: "subject", value: finding.subject)) }
    members.append(Member(name: "value", value: finding.value))
    members += terms.members
  }

  /// A glob that matches the value and nothing else; `{` might follow a `$` and begin a placeholder.
  private static func literal(_ value: ByteString) -> ByteString {
    ByteString(value.bytes.flatMap { Array("*?\\{".utf8).contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] })
  }

  private static func isWildcard(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") }

  /// On one line.
  var compact: [UInt8] {
    [UInt8(ascii: "{")] + lines.joined(separator: Array(", ".utf8)) + [UInt8(ascii: "}")]
  }

  /// A member a line; the first line has no indentation of its own.
  func indented(by indent: [UInt8], _ lineEnding: [UInt8]) -> [UInt8] {
    let inner = lines.map { indent + Array("  ".utf8) + $0 }
    return [UInt8(ascii: "{")] + lineEnding + inner.joined(separator: [UInt8(ascii: ",")] + lineEnding) + lineEnding
      + indent + [UInt8(ascii: "}")]
  }

  private var lines: [[UInt8]] {
    members.map { member in
      var writer = JSONWriter()
      if let value = member.value { writer.string(value) } else { writer.null() }
      return Array("\"\(member.name)\": ".utf8) + writer.bytes
    }
  }
}

/// Who answers for a waiver, why, and how long.
public struct WaiverTerms: Sendable {
  /// Why the finding may stand.
  public var reason: String
  /// Who answers for it.
  public var owner: String
  /// Where it is discussed.
  public var ticket: String
  /// The last day it holds, in UTC: `YYYY-MM-DD`.
  public var until: String

  /// Terms as they are given; whether they will do is asked when a waiver is made.
  public init(reason: String, owner: String, ticket: String, until: String) {
    (self.reason, self.owner, self.ticket, self.until) = (reason, owner, ticket, until)
  }

  fileprivate var members: [WaiverDraft.Member] {
    [("reason", reason), ("owner", owner), ("ticket", ticket), ("expires", until)].map {
      WaiverDraft.Member(name: $0.0, value: ByteString($0.1))
    }
  }
}
