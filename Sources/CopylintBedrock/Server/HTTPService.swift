/// What all connections of a server share.
struct HTTPService: Sendable {
  let handler: any HTTPHandler
  let rules: HeadRules
  let limits: ServerLimits
  let budget: BodyBudget
  let onRefusal: @Sendable (Refusal) -> Void

  init(
    _ handler: any HTTPHandler, rules: HeadRules, limits: ServerLimits,
    onRefusal: @escaping @Sendable (Refusal) -> Void
  ) {
    (self.handler, self.rules, self.limits, self.onRefusal) = (handler, rules, limits, onRefusal)
    budget = BodyBudget(bytes: limits.totalBodyBytes)
  }
}
