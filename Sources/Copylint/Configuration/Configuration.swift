/// What `.copylint.json` says.
struct Configuration: Sendable {
  /// A pack, and the requests it is for.
  struct PackEntry: Sendable {
    var reference = PackReference()
    /// Path globs; nil for every request.
    var paths: GlobList?
  }

  /// A path that says where its copies go.
  struct TargetEntry: Sendable {
    var path: PathCapture?
    var region: ByteString?
    var account: ByteString?
    var node: Node?
  }

  /// The name that the file has at the repository's root.
  static let fileName: ByteString = ".copylint.json"

  var format: Int?
  var packs: [PackEntry] = []
  var include: GlobList?
  var exclude: GlobList?
  var targets: [TargetEntry] = []
  /// Paths of waiver files, relative to the configuration.
  var waivers: [Node] = []

  static let shape = Shape<Self>()
    .member(name: "$schema", summary: "for editors; means nothing", schema: .string, decode: { _, _, _ in })
    .integer("format", { $0.format = $1 }, in: 1...1, required: true, "the version of the configuration: 1")
    .member(
      name: "packs", summary: "the packs in force: built-in names, paths, or objects that scope them to paths",
      schema: .array(.anyOf([.string, .object(PackEntry.shape.schema)])), decode: decodePacks
    )
    .globs("include", { $0.include = $1 }, mode: .path, "path globs of request files; default every `*.json`")
    .globs("exclude", { $0.exclude = $1 }, mode: .path, "path globs of files that are none")
    .member(
      name: "targets", summary: "where copies go, by the path of the request file",
      schema: .array(.object(TargetEntry.shape.schema)), decode: decodeTargets
    )
    .member(
      name: "waivers", summary: "the files that hold waivers, relative to this one", schema: .array(.string),
      decode: { $1.waivers = $2.strings($0) })

  private static let decodePacks: @Sendable (Node, inout Configuration, Decoding) -> Void = {
    node, configuration, decoding in
    configuration.packs = (decoding.array(node, of: "packs") ?? []).compactMap { element in
      var entry = PackEntry()
      entry.reference.node = element
      if element.kind == .object {
        PackEntry.shape.decode(element, into: &entry, decoding)
      } else {
        entry.reference.pack = decoding.text(element)
      }
      return entry.reference.pack == nil ? nil : entry
    }
  }

  private static let decodeTargets: @Sendable (Node, inout Configuration, Decoding) -> Void = {
    node, configuration, decoding in
    configuration.targets = (decoding.array(node, of: "targets") ?? []).map { element in
      var entry = TargetEntry(node: element)
      TargetEntry.shape.decode(element, into: &entry, decoding)
      entry.validate(decoding)
      return entry
    }
  }
}

extension Configuration.PackEntry {
  static let shape = Shape<Self>()
    .member(
      name: "pack", summary: "a built-in name or a path", isRequired: true, schema: .string,
      decode: { $1.reference.pack = $2.text($0) }
    )
    .member(
      name: "sha256", summary: "the SHA-256 that the file must have, in hexadecimal", schema: .string,
      decode: { $1.reference.sha256 = $2.text($0) }
    )
    .globs("paths", { $0.paths = $1 }, mode: .path, "path globs of the requests it is for; default all")
}

extension Configuration.TargetEntry {
  static let shape = Shape<Self>()
    .member(
      name: "path", summary: "a path glob in which `{region}` and `{account}` take a segment", isRequired: true,
      schema: .string, decode: decodePath
    )
    .text("region", { $0.region = $1 }, "the target Region of requests at this path")
    .text("account", { $0.account = $1 }, "the target account of requests at this path")

  private static let decodePath: @Sendable (Node, inout Configuration.TargetEntry, Decoding) -> Void = {
    node, entry, decoding in
    guard let text = decoding.text(node) else { return }
    do throws(MatcherError) {
      entry.path = try PathCapture(text)
    } catch {
      decoding.report(error.message, help: error.help, at: node, range: error.byteRange)
    }
  }

  fileprivate func validate(_ decoding: Decoding) {
    guard let node, let path else { return }
    let given = [region.map { _ in "region" as ByteString }, account.map { _ in "account" as ByteString }]
    for name in given.compactMap({ $0 }) where path.names.contains(name) {
      decoding.report("\(Escaping.quoted(name)) is captured by the path and given too", at: node[name] ?? node)
    }
    if path.names.isEmpty, region == nil, account == nil {
      decoding.report(
        "the entry declares no target", help: "capture `{region}` in the path, or give `region` or `account`", at: node)
    }
    if let region, !TargetForm.isRegionName(region), let node = node["region"] {
      decoding.report("\(Escaping.quoted(region)) is no Region", help: "write a Region such as `eu-west-1`", at: node)
    }
    if let account, !TargetForm.isAccount(account), let node = node["account"] {
      decoding.report("\(Escaping.quoted(account)) is no account", help: "write 12 digits", at: node)
    }
  }

  /// What a path declares by this entry; nil when it does not match.
  func declaration(for path: ByteString) -> TargetDeclaration? {
    guard let captures = self.path?.captures(path) else { return nil }
    return TargetDeclaration(
      source: .path, region: captures["region"] ?? region, account: captures["account"] ?? account)
  }
}
