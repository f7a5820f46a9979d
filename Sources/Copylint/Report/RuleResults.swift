/// What each rule said of one request: the rules' ids by verdict.
///
/// Four lists and no dictionary: the first use of a dictionary of a new type costs a search through every conformance
/// of the program, which is a tenth of the time that a small check takes.
public struct RuleResults: Equatable, Sendable {
  private var pass: [String] = []
  private var fail: [String] = []
  private var notApplicable: [String] = []
  private var unknown: [String] = []

  /// No rule at all.
  public init() {}

  /// The ids of the rules with a verdict, empty where there are none.
  public subscript(verdict: RuleVerdict) -> [String] {
    get {
      switch verdict {
      case .pass: pass
      case .fail: fail
      case .notApplicable: notApplicable
      case .unknown: unknown
      }
    }
    _modify {
      switch verdict {
      case .pass: yield &pass
      case .fail: yield &fail
      case .notApplicable: yield &notApplicable
      case .unknown: yield &unknown
      }
    }
  }

  /// Each list in the order of ids, by bytes.
  mutating func sort() {
    for verdict in RuleVerdict.allCases where self[verdict].count > 1 {
      self[verdict].sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }
}

extension RuleResults: ExpressibleByDictionaryLiteral {
  /// Lists by verdict; those of one verdict that stands twice are put together.
  public init(dictionaryLiteral elements: (RuleVerdict, [String])...) {
    for (verdict, rules) in elements { self[verdict] += rules }
  }
}
