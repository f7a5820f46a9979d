/// "Did you mean": the known name that a mistyped one is nearest to.
package enum Suggestion {
  /// The candidate at the smallest edit distance, if it is near enough to be meant: equal but for ASCII case, or
  /// at most a third of its length away.
  static func nearest(to name: ByteString, among candidates: [ByteString]) -> ByteString? {
    guard name.count <= 100 else { return nil }
    let folded = name.asciiLowercased
    var best: (distance: Int, candidate: ByteString)?
    for candidate in candidates {
      let distance = editDistance(folded, candidate.asciiLowercased)
      if distance <= max(1, candidate.count / 3), distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.candidate
  }

  /// "did you mean `name`?", or nil when nothing is near.
  package static func help(for name: ByteString, among candidates: [ByteString]) -> String? {
    nearest(to: name, among: candidates).map { "did you mean \(Escaping.quoted($0))?" }
  }

  /// As `help`, and the whole list when nothing is near.
  package static func help(for name: ByteString, amongAll candidates: [ByteString], called noun: String) -> String {
    help(for: name, among: candidates)
      ?? "\(noun): " + candidates.sorted().map { Escaping.quoted($0) }.joined(separator: ", ")
  }

  /// Levenshtein distance with a swap of neighbours counted as one (optimal string alignment), over bytes.
  static func editDistance(_ left: ByteString, _ right: ByteString) -> Int {
    let (a, b) = (left.bytes, right.bytes)
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1] + Array(repeating: 0, count: b.count)
      for j in b.indices {
        row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
