/// How many verdicts of each kind the rules gave.
public struct VerdictCounts: Sendable, Equatable {
  private var pass = 0
  private var fail = 0
  private var notApplicable = 0
  private var unknown = 0

  /// None yet.
  public init() {}

  /// So many, and nothing unknown.
  init(pass: Int, fail: Int, notApplicable: Int) {
    (self.pass, self.fail, self.notApplicable) = (pass, fail, notApplicable)
  }

  /// How many there are of one kind.
  public subscript(verdict: RuleVerdict) -> Int {
    get {
      switch verdict {
      case .pass: pass
      case .fail: fail
      case .notApplicable: notApplicable
      case .unknown: unknown
      }
    }
    set {
      switch verdict {
      case .pass: pass = newValue
      case .fail: fail = newValue
      case .notApplicable: notApplicable = newValue
      case .unknown: unknown = newValue
      }
    }
  }

  mutating func add(_ other: VerdictCounts) {
    pass += other.pass
    fail += other.fail
    notApplicable += other.notApplicable
    unknown += other.unknown
  }
}
