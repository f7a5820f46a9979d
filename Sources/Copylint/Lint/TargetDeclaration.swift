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

/// What a target is made of.
enum TargetPart: Sendable {
  case region
  case account

  var noun: String {
    switch self {
    case .region: "Region"
    case .account: "account"
    }
  }

  /// What a rule waits for that lacks it.
  var cause: Causes {
    switch self {
    case .region: .targetRegion
    case .account: .targetAccount
    }
  }

  /// The member of an envelope's `target`.
  var member: ByteString {
    switch self {
    case .region: "region"
    case .account: "account"
    }
  }
}

/// Something that is declared as a part of a target and cannot be one.
struct MalformedTarget: Sendable {
  var part: TargetPart
  var value: ByteString
  var source: TargetDeclaration.Source

  var message: String { "\(Escaping.quoted(value)), declared by \(source.phrase), is no \(part.noun)" }

  var help: String {
    switch part {
    case .region: "write a Region such as `eu-west-1`"
    case .account: "write 12 digits"
    }
  }
}

/// What all declarations together say.
struct ResolvedTarget: Sendable {
  /// The parts that are declared, in agreement, and of the right form.
  var target = Target()
  /// `path`, `envelope`, `option`, `environment`, `credentials`, `signature`, or several joined by `+`; nil when nothing was declared.
  var declaredBy: String?
  /// What contradicts what, in words.
  var conflicts: [String] = []
  /// What was declared and is no Region or account.
  var malformed: [MalformedTarget] = []

  /// What is declared around a request, and by itself.
  init(_ around: [TargetDeclaration], _ own: TargetDeclaration? = nil) {
    var declarations = around
    if let own { declarations.append(own) }
    guard !declarations.isEmpty else { return }
    for source in TargetDeclaration.Source.allCases
    where declarations.contains(where: { $0.source == source && ($0.region != nil || $0.account != nil) }) {
      declaredBy = (declaredBy.map { $0 + "+" } ?? "") + source.rawValue
    }
    target.region = part(.region, declarations, { $0.region }, TargetForm.isRegionName)
    target.account = part(.account, declarations, { $0.account }, TargetForm.isAccount)
  }

  private mutating func part(
    _ part: TargetPart, _ declarations: [TargetDeclaration], _ value: (TargetDeclaration) -> ByteString?,
    _ isValid: (ByteString) -> Bool
  ) -> ByteString? {
    var found: [(value: ByteString, source: TargetDeclaration.Source)] = []
    for declaration in declarations {
      guard let value = value(declaration), !found.contains(where: { $0.value == value }) else { continue }
      if isValid(value) {
        found.append((value, declaration.source))
      } else {
        malformed.append(MalformedTarget(part: part, value: value, source: declaration.source))
      }
    }
    if found.count > 1 {
      let sides = found.map { "\(Escaping.quoted($0.value)) by \($0.source.phrase)" }
      conflicts.append("the target \(part.noun) is declared as \(sides.joined(separator: " and "))")
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
