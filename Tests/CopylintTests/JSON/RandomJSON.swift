@testable import Copylint

/// JSON texts with random values, white space and escapes, the same for the same seed.
struct RandomJSON {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  /// A number below `bound` (xorshift64*).
  mutating func next(_ bound: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int(truncatingIfNeeded: (state &* 2_685_821_657_736_338_717) >> 33) % bound
  }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[next(choices.count)] }

  mutating func space() -> String { pick(["", "", " ", "\n", "\r\n", "\t", "\r", "  "]) }

  mutating func value(depth: Int = 4) -> String {
    let text: String
    switch next(depth > 0 ? 8 : 5) {
    case 0: text = String(next(2000) - 1000)
    case 1: text = pick(["true", "false", "null", "1.5", "-2e3", "0"])
    case 2, 3, 4: text = string()
    case 5, 6:
      var members: [String] = []
      for index in 0..<next(5) { members.append("\(space())\(name(index))\(space()):\(value(depth: depth - 1))") }
      text = "{\(members.joined(separator: ","))\(space())}"
    default:
      var elements: [String] = []
      for _ in 0..<next(5) { elements.append(value(depth: depth - 1)) }
      text = "[\(elements.joined(separator: ","))\(space())]"
    }
    return space() + text + space()
  }

  /// Names within an object differ by their index.
  private mutating func name(_ index: Int) -> String {
    pick([
      "\"k\(index)\"", "\"\\u006b\(index)\"", "\"\(index)/~é\"", "\"\(index)\\\"x\\\\\"", "\"\(index)😀\\ud83d\\ude00\"",
    ])
  }

  mutating func string() -> String {
    var text = ""
    for _ in 0..<next(6) {
      text += pick(["a", "é", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", " ", "{", "]", ",", ":"])
    }
    return "\"\(text)\""
  }
}
