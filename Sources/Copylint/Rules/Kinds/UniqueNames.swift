/// No two requests of a run copy to one name.
struct UniqueNames: RuleKind {
  static let name: ByteString = "unique-names"
  static let summary = "no two requests of a run copy to one name in one Region and account"
  static let why = "the second copy of a name fails, or is taken for the first by everything that looks a model up"
  static let example = """
    {"id": "unique-names", "kind": "unique-names"}
    """
  static let defaultStages: [Stage] = [.file, .submit]
  static let needsFile = true
  static let comparesRequests = true

  static let parameters = Shape<Self>()

  func check(_ context: RequestContext) -> Outcome {
    switch context.request.targetModelName {
    case .absent: return .notApplicable
    case .wrongType: return .unknown(.wrongType)
    case .present(let name):
      let earlier = context.earlier?.named(name) ?? []
      return check(name, earlier, context)
    }
  }

  private func check(_ name: ByteString, _ earlier: [EarlierRequests.Entry], _ context: RequestContext) -> Outcome {
    var causes: Causes = []
    for entry in earlier {
      let parts = [
        same(entry.target.region, context.target.region, .targetRegion),
        same(entry.target.account, context.target.account, .targetAccount),
      ]
      switch Truth.all(parts, { $0 }) {
      case .no: continue
      case .unknown(let missing): causes.formUnion(missing)
      case .yes: return .fail(violation(name, entry))
      }
    }
    return causes.isEmpty ? .pass : .unknown(causes)
  }

  private func same(_ left: ByteString?, _ right: ByteString?, _ cause: Causes) -> Truth {
    guard let left, let right else { return .unknown(cause) }
    return Truth(left == right)
  }

  private func violation(_ name: ByteString, _ first: EarlierRequests.Entry) -> Violation {
    let start = first.place.start
    let place = "\(Escaping.visible(first.place.file.path.bytes)):\(start.line):\(start.column)"
    return Violation(
      "another request copies to \(Escaping.quoted(name)) in this Region and account", help: "the first is at \(place)",
      member: .targetModelName, value: name)
  }
}
