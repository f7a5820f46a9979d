/// Whether an entry of a waiver file is about something in particular: one that covers everything switches its rule off.
struct WaiverBreadth {
  private let entry: WaiverEntry

  init(_ entry: WaiverEntry) { self.entry = entry }

  func report(to decoding: Decoding) {
    reportMatchers(decoding)
    reportValue(decoding)
    for (name, glob) in [("path", entry.path), ("sourceModel", entry.sourceModel)] as [(ByteString, Glob?)] {
      guard glob?.placeholders.isEmpty == false, let node = entry.node[name] else { continue }
      decoding.report("a placeholder in a waiver", help: "write the value itself, or a wildcard", at: node)
    }
  }

  private func reportMatchers(_ decoding: Decoding) {
    if entry.path == nil, entry.targetName == nil, entry.sourceModel == nil {
      decoding.report(
        "the waiver covers every request", help: "give `path`, `targetName` or `sourceModel`", at: entry.node)
    }
    if let glob = entry.path, !Self.isNarrow(path: glob.source), let node = entry.node["path"] {
      decoding.report("the path matches every file", help: "name the file or its directory", at: node)
    }
    if let glob = entry.sourceModel, !Self.isNarrow(arn: glob.source), let node = entry.node["sourceModel"] {
      decoding.report("the source model is any", help: "name its account, or the model itself", at: node)
    }
    if let name = entry.targetName, Self.hasWildcard(name.bytes), let node = entry.node["targetName"] {
      decoding.report(
        "`targetName` is a name, not a glob", help: "name the target; `path` and `sourceModel` are globs", at: node)
    }
  }

  private func reportValue(_ decoding: Decoding) {
    switch (entry.value, entry.anyValue ?? false) {
    case (nil, false):
      decoding.report(
        "the waiver names no value",
        help: "give the `value` that is wrong (null where something is missing), or `\"anyValue\": true`",
        at: entry.node)
    case (.some, true):
      decoding.report("`value` and `anyValue` exclude each other", help: "give one of the two", at: entry.node)
    default: break
    }
  }

  /// Whether some segment says more than a file's extension.
  private static func isNarrow(path: ByteString) -> Bool {
    path.bytes.split(separator: UInt8(ascii: "/")).contains { segment in
      let end = segment.lastIndex(of: UInt8(ascii: ".")) ?? segment.endIndex
      return hasLiteral(segment[..<end])
    }
  }

  /// Whether the account, or what follows the kind of model, is given at least in part.
  private static func isNarrow(arn: ByteString) -> Bool {
    let parts = arn.bytes.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6 else { return false }
    let model = parts[5].drop { $0 != UInt8(ascii: "/") }.dropFirst()
    return hasLiteral(parts[4]) || hasLiteral(model)
  }

  /// Whether a byte is left when wildcards and separators are taken away.
  private static func hasLiteral(_ bytes: ArraySlice<UInt8>) -> Bool {
    let empty = Array("*?\\/:.".utf8)
    return bytes.contains { !empty.contains($0) }
  }

  private static func hasWildcard(_ bytes: [UInt8]) -> Bool {
    bytes.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }
}
