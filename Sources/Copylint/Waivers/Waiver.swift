/// An entry of a waiver file that is well formed. Whether it holds depends on the day and the rule.
struct Waiver: Sendable {
  let rule: ByteString
  let path: Glob?
  let targetName: ByteString?
  let sourceModel: Glob?
  let subject: ByteString?
  let value: WaiverEntry.Value
  let reason: ByteString
  let owner: ByteString
  let ticket: ByteString
  /// As written.
  let expires: ByteString
  let node: Node

  /// Reports what is wrong; nil when anything is.
  init?(_ node: Node, _ decoding: Decoding) {
    let before = decoding.diagnostics.count
    var entry = WaiverEntry(node: node)
    WaiverEntry.shape.decode(node, into: &entry, decoding)
    if decoding.diagnostics.count == before { WaiverBreadth(entry).report(to: decoding) }
    guard decoding.diagnostics.count == before, let rule = entry.rule, let reason = entry.reason,
      let owner = entry.owner, let ticket = entry.ticket, let expires = entry.expires
    else { return nil }
    self.rule = rule
    path = entry.path
    targetName = entry.targetName
    sourceModel = entry.sourceModel
    subject = entry.subject
    value = entry.value ?? .any
    self.reason = reason
    self.owner = owner
    self.ticket = ticket
    self.expires = expires
    self.node = node
  }

  /// What makes two entries one: the rule, what they match and the value.
  struct Identity: Hashable, Sendable {
    var rule: ByteString
    var path: ByteString?
    var targetName: ByteString?
    var sourceModel: ByteString?
    var subject: ByteString?
    var value: WaiverEntry.Value
  }

  var identity: Identity {
    Identity(
      rule: rule, path: path?.source, targetName: targetName, sourceModel: sourceModel?.source, subject: subject,
      value: value)
  }

  /// How long it holds, by the one function there is for that.
  func term(on today: CalendarDate, maxDays: Int) -> WaiverTerm {
    WaiverTerm(expires: CalendarDate(expires), on: today, maxDays: maxDays)
  }

  /// Whether it is about this finding of this request, whatever the day.
  func covers(_ finding: Finding, of request: SuppressedRequest) -> Bool {
    guard ByteString(finding.rule) == rule, matches(request) else { return false }
    if let subject, subject != finding.subject { return false }
    switch value {
    case .any: return true
    case .only(let value): return value == finding.value
    }
  }

  /// At the gate no path is known that could be trusted, so what names one does not count there.
  private func matches(_ request: SuppressedRequest) -> Bool {
    if let path {
      guard request.stage != .gate, let requestPath = request.path, path.matches(requestPath) else { return false }
    }
    if let targetName, request.targetName != targetName { return false }
    if let sourceModel {
      guard let source = request.sourceModel, sourceModel.matches(source) else { return false }
    }
    return true
  }
}
