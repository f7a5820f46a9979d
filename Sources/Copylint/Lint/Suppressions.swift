/// What answers for findings: waivers and the baseline. Remembers which of their entries did.
struct Suppressions: Sendable {
  /// Which findings are known.
  enum Known: Sendable {
    case none
    /// Those with these fingerprints.
    case listed(Set<ByteString>)
    /// Every one that may be: a baseline is being written.
    case all
  }

  var waivers = Waivers()
  var known = Known.none
  /// Indices of `waivers.accepted`.
  private(set) var usedWaivers: Set<Int> = []
  /// Fingerprints of the baseline that came up.
  private(set) var occurring: Set<ByteString> = []

  /// Whether there is nothing that could answer for a finding.
  var isEmpty: Bool {
    guard case .none = known else { return false }
    return waivers.files.isEmpty
  }

  mutating func apply(to findings: inout [Finding], of request: SuppressedRequest) {
    usedWaivers.formUnion(waivers.apply(to: &findings, of: request))
    // A baseline is for living with what was there when a check began; nothing is sent because of it.
    guard request.stage == .file else { return }
    for index in findings.indices where isKnown(findings[index]) && findings[index].status == .open {
      findings[index].status = .known
    }
  }

  /// What a waiver covers is in the baseline all the same: the entry has not gone.
  private mutating func isKnown(_ finding: Finding) -> Bool {
    switch known {
    case .none: return false
    case .all: return finding.isWaivable
    case .listed(let fingerprints):
      let fingerprint = ByteString(finding.fingerprint)
      guard fingerprints.contains(fingerprint) else { return false }
      occurring.insert(fingerprint)
      return finding.isWaivable
    }
  }
}

/// What a waiver may ask of a request.
struct SuppressedRequest: Sendable {
  /// From the repository's root; nil for standard input without a name.
  var path: ByteString?
  var targetName: ByteString?
  var sourceModel: ByteString?
  /// Where it is judged, and when.
  var stage: Stage
  var today: CalendarDate

  init(path: ByteString?, targetName: ByteString?, sourceModel: ByteString?, stage: Stage, today: CalendarDate) {
    (self.path, self.targetName, self.sourceModel) = (path, targetName, sourceModel)
    (self.stage, self.today) = (stage, today)
  }

  init(_ request: CopyRequest, path: ByteString?, stage: Stage, today: CalendarDate) {
    self.init(
      path: path, targetName: request.targetModelName.value, sourceModel: request.sourceModelArn.value, stage: stage,
      today: today)
  }
}
