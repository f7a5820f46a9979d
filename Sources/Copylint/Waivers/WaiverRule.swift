/// The reserved rules about waivers themselves; their findings stand in the files that hold them.
enum WaiverRule: String, CaseIterable, Sendable {
  case duplicate
  case expired
  case expiring
  case malformed
  case notWaivable = "not-waivable"
  case tooLong = "too-long"
  case unknownRule = "unknown-rule"
  case unused

  /// The first half of their names, and their kind.
  static let pack: ByteString = "waiver"

  /// `waiver/expired`
  var name: String { "\(Self.pack.displayString)/\(rawValue)" }

  /// A waiver that covers nothing, and is meant to, is an error; one that still does its work is not.
  var severity: Severity {
    switch self {
    case .expiring, .unused: .warning
    default: .error
    }
  }

  var summary: String {
    switch self {
    case .duplicate: "a waiver that says what an earlier one says"
    case .expired: "a waiver whose last day is over, or that has no date"
    case .expiring: "a waiver that soon expires"
    case .malformed: "an entry that is no waiver"
    case .notWaivable: "a waiver for a rule that cannot be waived"
    case .tooLong: "a waiver that would last longer than its rule allows"
    case .unknownRule: "a waiver for a rule that is not in force"
    case .unused: "a waiver that covers no finding"
    }
  }

  /// What reports say of them.
  static var described: [Report.Rule] {
    allCases.map {
      Report.Rule(
        name: $0.name, kind: pack.displayString, summary: $0.summary, severity: $0.severity, isWaivable: false)
    }
  }
}
