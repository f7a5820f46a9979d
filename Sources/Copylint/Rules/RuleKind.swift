/// A kind of rule: what a pack's `kind` names.
///
/// One file holds everything about a kind; the registry holds its type. The stored properties are the parameters of
/// one rule, filled by the shape from the pack.
protocol RuleKind: Sendable {
  /// The word in a pack: `required-tags`.
  static var name: ByteString { get }
  /// One line, lowercase, no full stop.
  static var summary: String { get }
  /// What the kind is for: why a team wants it.
  static var why: String { get }
  /// A rule as it would stand in a pack, JSON.
  static var example: String { get }
  /// The parameters.
  static var parameters: Shape<Self> { get }
  /// Where the rule runs unless it says otherwise.
  static var defaultStages: [Stage] { get }
  /// The parameters without the type they are decoded into.
  static var parameterNames: [ByteString] { get }
  static var parameterSchema: [Schema.Member] { get }
  /// Whether it looks at more than the request itself, so that the gate cannot run it.
  static var needsFile: Bool { get }
  /// Whether it compares a request with the others of its run, so that all of them must be read.
  static var comparesRequests: Bool { get }

  /// A rule without parameters yet.
  init()

  /// Reports what is wrong with the parameters taken together. `rule` is the whole rule's place.
  func validate(_ rule: RuleNode, _ decoding: Decoding)

  /// Judges one request. Pure: looks at the context and nothing else.
  func check(_ context: RequestContext) -> Outcome

  /// What is suspicious about the parameters, for `pack lint`.
  func suspicions(_ rule: RuleNode) -> [Diagnostic]

  /// The fields that the parameters read, by name or in placeholders.
  var fields: [Field] { get }

  /// The rule's check over bytes where they stand; nil for one that only the kind itself can judge.
  var plan: PlannedCheck? { get }
}

extension RuleKind {
  static var defaultStages: [Stage] { Stage.allCases }
  static var needsFile: Bool { false }
  static var comparesRequests: Bool { false }
  static var parameterNames: [ByteString] { parameters.names }
  static var parameterSchema: [Schema.Member] { parameters.schema }
  var fields: [Field] { [] }
  var plan: PlannedCheck? { nil }
  func validate(_ rule: RuleNode, _ decoding: Decoding) {}
  func suspicions(_ rule: RuleNode) -> [Diagnostic] { [] }
}

/// Where a rule runs.
public enum Stage: String, CaseIterable, Sendable {
  /// Over files: a commit hook, a CI gate.
  case file
  /// Right before a request is sent.
  case submit
  /// Between a program and the service.
  case gate
}
