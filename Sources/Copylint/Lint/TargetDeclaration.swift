/// One place that says where a copy goes.
struct TargetDeclaration: Sendable {
  /// The ways to say it, in the order in which they are named.
  enum Source: String, CaseIterable, Sendable {
    case path
    case envelope
    case option
    /// `AWS_REGION` and the like, where nothing else speaks.
    case environment
    /// Whose credentials the copy is submitted with.
    case credentials
    /// The scope of the signature that a call came with.
    case signature
  }

  var source: Source
  var region: ByteString?
  var account: ByteString?
}

/// What all declarations together say.
struct ResolvedTarget: Sendable {
  /// The parts that are declared, in agreement, and of the right form.
  var target = Target()
  /// `path`, `envelope`, `option`, `environment`, `credentials`, `signature`, or several joined by `+`; nil when nothing was declared.
  var declaredBy: String?
  /// What contradicts what, in words.
  var conflicts: [String] = []
  /// What was declared and is no Region or account, in words.
  var malformed: [String] = []

  init(_ declarations: [TargetDeclaration]) {
    guard !declarations.isEmpty else { return }
    let sources = TargetDeclaration.Source.allCases.filter { source in
      declarations.contains { $0.source == source && ($0.region != nil || $0.account != nil) }
    }
    for source in sources { declaredBy = (declaredBy.map { $0 + "+" } ?? "") + source.rawValue }
    target.region = part("Region", declarations.map { ($0.source, $0.region) }, TargetForm.isRegionName)
    target.account = part("account", declarations.map { ($0.source, $0.account) }, TargetForm.isAccount)
  }

  private mutating func part(
    _ noun: String, _ declared: [(source: TargetDeclaration.Source, value: ByteString?)],
    _ isValid: (ByteString) -> Bool
  ) -> ByteString? {
    var found: [(source: TargetDeclaration.Source, value: ByteString)] = []
    for (source, value) in declared {
      guard let value else { continue }
      if !isValid(value) {
        malformed.append("\(Escaping.quoted(value)), declared by \(source.phrase), is no \(noun)")
      } else if !found.contains(where: { $0.value == value }) {
        found.append((source, value))
      }
    }
    if found.count > 1 {
      let sides = found.map { "\(Escaping.quoted($0.value)) by \($0.source.phrase)" }.joined(separator: " and ")
      conflicts.append("the target \(noun) is declared as \(sides)")
      return nil
    }
    return found.first?.value
  }
}

extension TargetDeclaration.Source {
  fileprivate var phrase: String {
    switch self {
    case .path: "the path"
    case .envelope: "the envelope"
    case .option: "an option"
    case .environment: "the environment"
    case .credentials: "the credentials"
    case .signature: "the signature"
    }
  }
}
