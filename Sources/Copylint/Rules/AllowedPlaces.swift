/// A way that a copy may go: from here to there.
struct PlacePair: Sendable {
  var from: GlobList?
  var to: GlobList?

  static let shape = Shape<PlacePair>()
    .member(
      name: "from", summary: "where the source model is: globs, or `@set`", isRequired: true,
      schema: .anyOf([.string, .strings]), decode: { $1.from = GlobList($0, mode: .plain, $2) }
    )
    .member(
      name: "to", summary: "where the copy may go from there: globs, or `@set`", isRequired: true,
      schema: .anyOf([.string, .strings]), decode: { $1.to = GlobList($0, mode: .plain, $2) })

  static func decode(_ node: Node, _ decoding: Decoding) -> [PlacePair]? {
    decoding.array(node, of: "pairs")?.map { element in
      var pair = PlacePair()
      shape.decode(element, into: &pair, decoding)
      return pair
    }
  }
}

/// What `allowed-regions` and `allowed-accounts` have in common: a list of targets and a list of ways.
struct AllowedPlaces {
  /// `Region` or `account`.
  var noun: String
  var source: Field
  var target: Field
  var targets: GlobList?
  var pairs: [PlacePair]?

  func check(_ context: RequestContext) -> Outcome {
    var outcome = Outcome()
    switch context.value(of: target) {
    case .text(let place):
      if let targets { outcome.require(targets.matches(place, in: context), orElse: outside(place, targets)) }
      checkPairs(place, context, &outcome)
    case .unknown(let causes): outcome.add(unknown: causes)
    case .absent, .present, .number: break
    }
    return outcome
  }

  private func outside(_ place: ByteString, _ targets: GlobList) -> Violation {
    Violation(
      message: "copies to \(noun) \(Escaping.quoted(place)) are not allowed", help: "copy to \(targets.summary)",
      pointer: JSONPointer(), subject: target.name, value: place)
  }

  private func checkPairs(_ place: ByteString, _ context: RequestContext, _ outcome: inout Outcome) {
    guard let pairs else { return }
    switch context.value(of: source) {
    case .unknown(let causes): outcome.add(unknown: causes)
    case .absent, .present, .number:
      guard !context.request.sourceModelArn.isAbsent else { return }
      outcome.add(
        Violation(
          "the source model has no \(noun), so no pair allows the copy", member: .sourceModelArn,
          value: context.request.sourceModelArn.value))
    case .text(let origin):
      let truth = Truth.any(pairs) { pair in
        Truth.all([(pair.from, origin), (pair.to, place)]) { $0.0?.matches($0.1, in: context) ?? .no }
      }
      outcome.require(truth, orElse: way(origin, place, pairs, context))
    }
  }

  private func way(
    _ origin: ByteString, _ place: ByteString, _ pairs: [PlacePair], _ context: RequestContext
  ) -> Violation {
    let targets = pairs.filter { $0.from?.matches(origin, in: context) == .yes }.flatMap { $0.to?.globs ?? [] }
    let help =
      targets.isEmpty
      ? "no pair allows copies from \(Escaping.quoted(origin))"
      : "from \(Escaping.quoted(origin)) copy to \(GlobList.summary(targets.map(\.source)))"
    return Violation(
      "copies from \(noun) \(Escaping.quoted(origin)) to \(Escaping.quoted(place)) are not allowed", help: help,
      member: .sourceModelArn, value: ByteString(origin.bytes + [UInt8(ascii: " ")] + place.bytes))
  }
}
