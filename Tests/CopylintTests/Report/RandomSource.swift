/// A seeded generator (SplitMix64), so that a property that fails once fails always.
struct RandomSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Bytes as hostile as they come: raw ones, and characters that terminals, build logs and parsers act on.
  mutating func hostileBytes(upTo count: Int) -> [UInt8] {
    let pieces: [String] = [
      "\u{1B}[31m", "\u{9B}2J", "\u{202E}", "\u{2066}", "\u{2028}", "\u{7F}", "\r", "\n", "\t", "\0", "\"", "\\",
      "::error::x", "##vso[task.x]", "###[command]", "::", " ", "#", "漢字", "👩‍👩‍👧", "e\u{301}", "\u{FEFF}",
      "\u{E0001}", "plain text", "<b>", "&amp;", "]]>", "-->", "' x='", "\" x=\"", "`", "```", "|", "[a](http://b)",
      "http://b", "@all", "{0}", "%0A", "%", ",", ";", "]", ":", "\nok 1 - x", "\nnot ok 2", "# TODO x", "\n---",
      "\u{FFFE}",
    ]
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...count, using: &self) {
      if Bool.random(using: &self) {
        bytes.append(UInt8.random(in: 0...255, using: &self))
      } else if let piece = pieces.randomElement(using: &self) {
        bytes.append(contentsOf: piece.utf8)
      }
    }
    return bytes
  }
}
