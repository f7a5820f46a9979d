/// A path of the configuration's `targets`: a path glob in which `{region}` and `{account}` take what stands there.
struct PathCapture: Sendable {
  let source: ByteString
  /// The names that are captured.
  let names: [ByteString]
  private let segments: [Segment]

  /// The names that a path can capture.
  static let knownNames: [ByteString] = ["region", "account"]

  private enum Segment: Sendable {
    case glob(Glob)
    case capture(ByteString)
  }

  /// Throws on an unknown name, a name that stands twice, or a brace that is not a whole segment.
  init(_ source: ByteString) throws(MatcherError) {
    self.source = source
    var names: [ByteString] = []
    var segments: [Segment] = []
    for piece in source.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard piece.contains(UInt8(ascii: "{")) || piece.contains(UInt8(ascii: "}")) else {
        segments.append(.glob(try Glob(ByteString(piece), mode: .path)))
        continue
      }
      let name = try Self.name(piece)
      guard !names.contains(name) else {
        throw MatcherError(
          message: "\(Escaping.quoted(name)) is captured twice", help: nil, byteRange: piece.startIndex..<piece.endIndex
        )
      }
      names.append(name)
      segments.append(.capture(name))
    }
    self.names = names
    self.segments = segments
  }

  private static func name(_ piece: ArraySlice<UInt8>) throws(MatcherError) -> ByteString {
    let range = piece.startIndex..<piece.endIndex
    guard piece.first == UInt8(ascii: "{"), piece.last == UInt8(ascii: "}"), piece.count > 2 else {
      throw MatcherError(
        message: "a capture is not a whole segment", help: "write `{region}` or `{account}` between slashes",
        byteRange: range)
    }
    let name = ByteString(piece.dropFirst().dropLast())
    guard knownNames.contains(name) else {
      throw MatcherError(
        message: "unknown capture \(Escaping.quoted(name))",
        help: Suggestion.help(for: name, amongAll: knownNames, called: "captures"), byteRange: range)
    }
    return name
  }

  /// What a path has in the captured places, or nil when it does not match.
  func captures(_ path: ByteString) -> [ByteString: ByteString]? {
    let found = path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var captured: [ByteString: ByteString] = [:]
    return match(segments[...], found[...], &captured) ? captured : nil
  }

  private func match(
    _ segments: ArraySlice<Segment>, _ path: ArraySlice<ArraySlice<UInt8>>, _ captured: inout [ByteString: ByteString]
  ) -> Bool {
    guard let first = segments.first else { return path.isEmpty }
    let rest = segments.dropFirst()
    if case .glob(let glob) = first, glob.source == "**" {
      let least = rest.isEmpty ? 1 : 0
      guard path.count >= least else { return false }
      return (least...path.count).contains { match(rest, path.dropFirst($0), &captured) }
    }
    guard let segment = path.first else { return false }
    switch first {
    case .capture(let name):
      guard !segment.isEmpty, match(rest, path.dropFirst(), &captured) else { return false }
      captured[name] = ByteString(segment)
      return true
    case .glob(let glob): return glob.matches(ByteString(segment)) && match(rest, path.dropFirst(), &captured)
    }
  }
}
