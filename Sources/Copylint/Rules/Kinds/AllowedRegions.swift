/// The Regions that copies may go to.
struct AllowedRegions: RuleKind {
  static let name: ByteString = "allowed-regions"
  static let summary = "the Regions that copies may go to, and from where to where"
  static let why = "a model holds what it was trained on: a copy in another jurisdiction takes that data there"
  static let example = """
    {"id": "eu-only", "kind": "allowed-regions", "target": ["eu-west-1", "eu-central-1"]}
    """

  var target: GlobList?
  var pairs: [PlacePair]?

  static let parameters = Shape<Self>()
    .globs("target", { $0.target = $1 }, "allowed target Regions: globs, or `@set`")
    .member(
      name: "pairs", summary: "allowed ways, each `{\"from\": […], \"to\": […]}`; one must fit",
      schema: .array(.object(PlacePair.shape.schema)), decode: { $1.pairs = PlacePair.decode($0, $2) })

  var fields: [Field] { [.targetRegion] }

  func validate(_ rule: RuleNode, _ decoding: Decoding) {
    guard rule["target"] == nil, rule["pairs"] == nil else { return }
    decoding.report("neither `target` nor `pairs`", help: "say which Regions are allowed", at: rule.node)
  }

  func check(_ context: RequestContext) -> Outcome {
    AllowedPlaces(noun: "Region", source: .sourceRegion, target: .targetRegion, targets: target, pairs: pairs)
      .check(context)
  }

  /// A prefix such as `eu-` is a place on the map, not a jurisdiction: `eu-west-2` is London, `eu-central-2` Zurich.
  func suspicions(_ rule: RuleNode) -> [Diagnostic] {
    let lists = [target] + (pairs ?? []).flatMap { [$0.from, $0.to] }
    return lists.compactMap { $0 }.flatMap(\.entries).filter { !$0.glob.isLiteral }.map { entry in
      Diagnostic(
        "\(Escaping.quoted(entry.glob.source)) takes every Region of that name, those that do not exist yet too",
        help: "name the Regions; `eu-west-2` is London and `eu-central-2` Zurich, neither of them in the EU",
        at: entry.node.place)
    }
  }
}
