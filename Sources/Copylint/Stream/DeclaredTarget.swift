/// Where the requests of an input go by its path and the options, and with what an envelope adds to that.
struct DeclaredTarget {
  private let resolved: ResolvedTarget
  private let isDeclared: Bool
  private let region: OwnedSpan
  private let account: OwnedSpan

  init(_ declarations: [TargetDeclaration]) {
    resolved = ResolvedTarget(declarations)
    isDeclared = resolved.declaredBy != nil
    region = OwnedSpan(resolved.target.region)
    account = OwnedSpan(resolved.target.account)
  }

  /// The parts of a target, absent where undeclared.
  struct Parts {
    var region: Span
    var account: Span
    var isFromEnvelope: Bool

    /// The same with bytes of its own.
    var target: Target { Target(region: Member(region).value, account: Member(account).value) }
  }

  /// Nil where declarations meet or are malformed, which is for `ResolvedTarget` to say.
  func parts(of request: ScannedRequest) -> Parts? {
    guard request.region.isPresent || request.account.isPresent else {
      guard resolved.conflicts.isEmpty, resolved.malformed.isEmpty else { return nil }
      return Parts(region: region.span, account: account.span, isFromEnvelope: false)
    }
    guard !isDeclared, !request.region.isPresent || TargetForm.isRegionName(request.region),
      !request.account.isPresent || TargetForm.isAccount(request.account)
    else { return nil }
    return Parts(region: request.region, account: request.account, isFromEnvelope: true)
  }

  /// What declares the parts where no envelope does; nil where nothing does.
  var declaredBy: String? { resolved.declaredBy }

  /// For the report.
  func reported(_ parts: Parts) -> Report.Target {
    let target = parts.isFromEnvelope ? parts.target : resolved.target
    return Report.Target(
      region: target.region, account: target.account,
      declaredBy: parts.isFromEnvelope ? TargetDeclaration.Source.envelope.rawValue : declaredBy)
  }
}
