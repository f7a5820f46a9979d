/// Why something could not be decided.
///
/// A cause that has a finding of its own (a wrong type, an ARN that does not parse, an undeclared target) is reported
/// once, there; the rules that wait for it stay silent and are counted as unknown.
struct Causes: OptionSet, Hashable, Sendable {
  let rawValue: UInt16

  static let targetRegion = Causes(rawValue: 1 << 0)
  static let targetAccount = Causes(rawValue: 1 << 1)
  static let wrongType = Causes(rawValue: 1 << 2)
  static let unparsableSourceModel = Causes(rawValue: 1 << 3)
  static let unparsableKmsKey = Causes(rawValue: 1 << 4)
  static let duplicateTag = Causes(rawValue: 1 << 5)
  /// An alias or a bare key id names no account and no Region.
  static let kmsKeyWithoutArn = Causes(rawValue: 1 << 6)
  /// Standard input that was given no path.
  static let path = Causes(rawValue: 1 << 7)

  static let target: Causes = [.targetRegion, .targetAccount]

  /// The causes that no other finding reports.
  static let unreported: Causes = [.kmsKeyWithoutArn, .path]

  /// What is missing, for a message.
  var summary: String {
    var parts: [String] = []
    if contains(.kmsKeyWithoutArn) { parts.append("the KMS key is not an ARN, so it names no account and no Region") }
    if contains(.path) { parts.append("standard input was given no path") }
    if !isDisjoint(with: .target) { parts.append("the target is not declared") }
    if contains(.wrongType) { parts.append("a member has the wrong type") }
    if contains(.unparsableSourceModel) { parts.append("the source model ARN does not parse") }
    if contains(.unparsableKmsKey) { parts.append("the KMS key does not parse") }
    if contains(.duplicateTag) { parts.append("a tag key stands twice") }
    return parts.joined(separator: ", and ")
  }
}

/// Three-valued truth (Kleene): what is unknown never becomes true or false by itself.
enum Truth: Equatable, Sendable {
  case yes
  case no
  case unknown(Causes)

  init(_ value: Bool) { self = value ? .yes : .no }

  static prefix func ! (value: Truth) -> Truth {
    switch value {
    case .yes: .no
    case .no: .yes
    case .unknown: value
    }
  }

  /// Holds when all hold; one that does not hold decides, whatever is unknown.
  static func all<Items: Sequence>(_ items: Items, _ truth: (Items.Element) -> Truth) -> Truth {
    var causes: Causes = []
    for item in items {
      switch truth(item) {
      case .yes: continue
      case .no: return .no
      case .unknown(let cause): causes.formUnion(cause)
      }
    }
    return causes.isEmpty ? .yes : .unknown(causes)
  }

  /// Holds when either holds.
  static func || (left: Truth, right: Truth) -> Truth { !(!left && !right) }

  /// Holds when both hold; nil demands nothing.
  static func && (left: Truth, right: Truth?) -> Truth {
    switch left {
    case .no: return .no
    case .yes: return right ?? .yes
    case .unknown(let some):
      switch right ?? .yes {
      case .no: return .no
      case .yes: return .unknown(some)
      case .unknown(let more): return .unknown(some.union(more))
      }
    }
  }

  /// Holds when one holds.
  static func any<Items: Sequence>(_ items: Items, _ truth: (Items.Element) -> Truth) -> Truth {
    !all(items) { !truth($0) }
  }
}
