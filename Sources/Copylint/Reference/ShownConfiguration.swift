/// What `--show-config FILE` says: every value that holds for one request file, with where it comes from.
public struct ShownConfiguration {
  /// The text.
  public let lines: [String]

  /// Throws when a pack or the configuration cannot be used.
  public init(_ file: String, _ options: CheckOptions) throws(PolicyErrors) {
    var policy = Policy(options.policyOptions)
    let real = FileSystem.absolutePath(ByteString(file))
    let path = Path.beneath(real, policy.loaded.root) ?? real
    let rules = policy.rules(for: path)
    guard policy.isUsable else { throw PolicyErrors(policy.diagnostics) }
    var rows: [(String, String, String)] = []
    rows.append(("root", policy.loaded.root.displayString, "the repository, or the working directory"))
    let source = policy.loaded.file?.path.displayString
    rows.append(("configuration", source ?? "none", source == nil ? "default" : "found or given"))
    rows += Self.globs("include", policy.loaded.configuration.include) ?? [("include", "**/*.json", "default")]
    rows += Self.globs("exclude", policy.loaded.configuration.exclude) ?? [("exclude", "none", "default")]
    for pack in rules.packs {
      rows.append(
        ("pack", "\(pack.header.title)", "\(pack.document.text.file.path.displayString), sha256 \(pack.sha256)"))
    }
    rows += Self.targets(policy, path, options)
    rows.append(("unknown", options.unknown.rawValue, options.unknown == .deny ? "default" : "--unknown"))
    rows.append(("fail-on", options.failOn.rawValue, options.failOn == .error ? "default" : "--fail-on"))
    rows.append(("max-bytes", String(options.maxBytes), options.maxBytes == 1 << 20 ? "default" : "--max-bytes"))
    rows.append(("today", options.today.description, "the clock in UTC, or --today"))
    let width = rows.map(\.0.count).max() ?? 0
    lines =
      ["\(path.displayString)"].map { Escaping.visible($0) }
      + rows.map { name, value, origin in
        Escaping.visible("  \(name)\(String(repeating: " ", count: width - name.count))  \(value)  (\(origin))")
      }
  }

  private static func globs(_ name: String, _ list: GlobList?) -> [(String, String, String)]? {
    list?.entries.map { (name, $0.glob.source.displayString, origin($0.node)) }
  }

  private static func origin(_ node: Node) -> String {
    let start = node.place.start
    return "\(node.place.file.path.displayString):\(start.line):\(start.column)"
  }

  private static func targets(
    _ policy: Policy, _ path: ByteString, _ options: CheckOptions
  ) -> [(String, String, String)] {
    var rows: [(String, String, String)] = []
    func add(_ region: ByteString?, _ account: ByteString?, _ origin: String) {
      if let region { rows.append(("target.region", region.displayString, origin)) }
      if let account { rows.append(("target.account", account.displayString, origin)) }
    }
    for entry in policy.loaded.configuration.targets {
      guard let declared = entry.declaration(for: path), let node = entry.node else { continue }
      add(declared.region, declared.account, "the path, by \(origin(node))")
    }
    add(options.region.map { ByteString($0) }, nil, "--region")
    add(nil, options.account.map { ByteString($0) }, "--account")
    for name in ["target.region", "target.account"] where !rows.contains(where: { $0.0 == name }) {
      rows.append((name, "undeclared", "an envelope may declare it"))
    }
    return rows
  }
}
