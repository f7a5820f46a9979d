/// The configuration that fits the request files which are there.
struct ConfigurationProposal {
  /// Globs of request files.
  private(set) var include: [ByteString] = []
  /// Paths with captures.
  private(set) var targets: [ByteString] = []
  /// The Regions that the paths name, sorted.
  private(set) var regions: [ByteString] = []

  /// Without request files: a layout to begin with.
  init(_ paths: [ByteString]) {
    guard !paths.isEmpty else {
      include = ["copies/**/*.json"]
      targets = ["copies/{region}/{account}/**"]
      return
    }
    // Braces cannot be escaped in a path of `targets`.
    let shapes = paths.filter { !$0.bytes.contains(UInt8(ascii: "{")) && !$0.bytes.contains(UInt8(ascii: "}")) }
      .map { PathShape($0) }
    targets = PathShape.merge(shapes.compactMap(\.target)).map { ByteString($0.pattern.bytes + Array("/**".utf8)) }
    include = Self.globs(paths)
    let names = paths.flatMap { path in path.bytes.split(separator: UInt8(ascii: "/")).dropLast() }
    regions = Set(names.map { ByteString($0) }.filter(RegionName.isLikely)).sorted()
  }

  /// A file at the root is named alone: beside it stand files that are no requests.
  private static func globs(_ paths: [ByteString]) -> [ByteString] {
    var globs: [ByteString] = []
    let folders = PathShape.merge(paths.map { PathShape($0).folder }.filter { !$0.segments.isEmpty }).map(
      \.withoutAnyAtEnd)
    for folder in folders where !folders.contains(where: { $0 != folder && $0.holds(folder) }) {
      let glob = ByteString(folder.pattern.bytes + Array("/**/*.json".utf8))
      if !globs.contains(glob) { globs.append(glob) }
    }
    for path in paths where PathShape(path).folder.segments.isEmpty {
      let whole = PathShape([.name(path)]).pattern
      if !globs.contains(whole) { globs.append(whole) }
    }
    return globs
  }

  /// The text of `.copylint.json`.
  func text(pack: ByteString) -> [UInt8] {
    let lines = [#"{"#, #"  "format": 1,"#, #"  "packs": [\#(Self.json(pack))],"#]
    var members = [#"  "include": [\#(include.map(Self.json).joined(separator: ", "))]"#]
    // The packs beside the requests are no requests.
    if include.contains(where: { $0.starts(with: "*") }) { members.append(#"  "exclude": ["policy/**"]"#) }
    let entries = targets.map { "    {\"path\": \(Self.json($0))}" }.joined(separator: ",\n")
    if !targets.isEmpty { members.append("  \"targets\": [\n\(entries)\n  ]") }
    return Array((lines + [members.joined(separator: ",\n"), "}", ""]).joined(separator: "\n").utf8)
  }

  /// A JSON string.
  static func json(_ text: ByteString) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension PathShape {
  /// Whether everything in the other folder is in this one too.
  fileprivate func holds(_ other: PathShape) -> Bool {
    guard segments.count <= other.segments.count else { return false }
    return zip(segments, other.segments).allSatisfy { $0 == $1 || $0 == .any }
  }
}
