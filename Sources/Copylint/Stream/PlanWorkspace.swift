/// What one thread needs to judge by plans: a scanner, and the plans that it has made.
final class PlanWorkspace {
  /// Behind a pointer, so that nobody checks on every request that it is used once at a time.
  // INVARIANT: it is there as soon as a plan may be asked for, when nothing is left to warm up; a run of a few requests
  // does not take its memory.
  let scanner = UnsafeMutablePointer<RequestScanner>.allocate(capacity: 1)
  private var plans: [ObjectIdentifier: RulePlan?] = [:]
  /// Requests still to be judged without a plan: making one takes longer than judging a few.
  private var warmUp: Int

  init(warmUp: Int) {
    self.warmUp = warmUp
    if warmUp == 0 { scanner.initialize(to: RequestScanner()) }
  }

  deinit {
    if warmUp == 0 { scanner.deinitialize(count: 1) }
    scanner.deallocate()
  }

  /// The plan for a set of rules; nil where there is none, or not yet.
  func plan(_ rules: RuleSet, _ linter: Linter) -> RulePlan? {
    guard linter.allowsPlans else { return nil }
    guard warmUp == 0 else {
      warmUp -= 1
      if warmUp == 0 { scanner.initialize(to: RequestScanner()) }
      return nil
    }
    let id = ObjectIdentifier(rules.identity)
    if let known = plans[id] { return known }
    let made = RulePlan(rules.rules, stage: linter.stage, today: linter.today)
    plans[id] = made
    return made
  }
}
