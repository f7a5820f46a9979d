import Testing

@testable import Copylint

/// Random requests with random faults of case, whatever their white space: fixing gives the request without the faults,
/// byte for byte.
@Suite struct FixPropertyTests {
  @Test(arguments: 0..<8 as Range<UInt64>) func nothingButTheFaultsChanges(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let fixing = Fixing(isUnsafeAllowed: false)
    for _ in 0..<10 {
      var layout = Layout(random: random)
      let (right, wrong) = layout.request()
      random = layout.random
      let fixed = try fixing.fix(Array(wrong.utf8))
      #expect(String(decoding: fixed.bytes, as: UTF8.self) == right)
      #expect((fixed.mended > 0) == (right != wrong))
      #expect(try fixing.fix(fixed.bytes).bytes == fixed.bytes)
      _ = try Document(JSONText(SourceFile(path: "a", bytes: fixed.bytes)))
    }
  }

  /// Missing tags, keys in another case and white space too: what is fixed parses, converges, and keeps what it had.
  @Test(arguments: 0..<4 as Range<UInt64>) func unsafeFixesConverge(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let fixing = Fixing(
      pack: RequestFixerTests.pack(
        #"{"id": "t", "kind": "required-tags", "tags": {"Tag1": {}, "Tag2": {"default": "x"}, "Tag9": {"default": "y"}}}"#
      ))
    for _ in 0..<10 {
      var layout = Layout(random: random)
      let bytes = Array(layout.request().wrong.utf8)
      random = layout.random
      let fixed = try fixing.fix(bytes)
      #expect(try fixing.fix(fixed.bytes).bytes == fixed.bytes)
      #expect(try fixing.findings(fixed.bytes) < max(1, fixing.findings(bytes)))
      let document = try Document(JSONText(SourceFile(path: "a", bytes: fixed.bytes)))
      let keys = try ProposedCopy(document).request.tags.compactMap(\.key.value)
      #expect(keys.contains("Tag2") && keys.contains("Tag9"))
    }
  }
}

/// Writes requests with white space of one style, each with a twin that has faults of case.
private struct Layout {
  var random: RandomSource
  private let lineBreak: String
  private let colon: String
  private let step: String

  init(random: RandomSource) {
    var random = random
    lineBreak = ["", "\n", "\r\n", " \n\n"][Int.random(in: 0..<4, using: &random)]
    colon = [":", ": ", " :\t"][Int.random(in: 0..<3, using: &random)]
    step = ["", "  ", "\t"][Int.random(in: 0..<3, using: &random)]
    self.random = random
  }

  mutating func request() -> (right: String, wrong: String) {
    var members = [
      ("sourceModelArn", "\"\(RequestFixerTests.arn)\""), ("targetModelName", "\"fraud\\u002dv3\""),
    ].map { pair($0.0, $0.1, $0.1) }
    let tags = (0..<Int.random(in: 0..<4, using: &random)).map { tag($0) }
    members.append(
      pair("targetModelTags", list(tags.map(\.right)), list(tags.map(\.wrong))))
    if Int.random(in: 0..<2, using: &random) == 0 { members.reverse() }
    return (object(members.map(\.right), 1), object(members.map(\.wrong), 1))
  }

  private mutating func tag(_ index: Int) -> (right: String, wrong: String) {
    let members = [("key", "\"Tag\(index)\""), ("value", "\"v\"")].map { pair($0.0, $0.1, $0.1) }
    return (object(members.map(\.right), 3), object(members.map(\.wrong), 3))
  }

  private mutating func pair(_ name: String, _ right: String, _ wrong: String) -> (right: String, wrong: String) {
    ("\"\(name)\"\(colon)\(right)", "\"\(faulty(name))\"\(colon)\(wrong)")
  }

  /// Every letter may be of the other case, and a name in four is as it should be.
  private mutating func faulty(_ name: String) -> String {
    guard Int.random(in: 0..<4, using: &random) > 0 else { return name }
    return String(
      name.map {
        Int.random(in: 0..<3, using: &random) == 0 ? Character($0.isLowercase ? $0.uppercased() : $0.lowercased()) : $0
      })
  }

  private func object(_ members: [String], _ depth: Int) -> String { enclosed("{", members, "}", depth) }
  private func list(_ elements: [String]) -> String { enclosed("[", elements, "]", 2) }

  private func enclosed(_ open: String, _ parts: [String], _ close: String, _ depth: Int) -> String {
    let lead = lineBreak + String(repeating: step, count: depth)
    let end = lineBreak + String(repeating: step, count: depth - 1)
    return parts.isEmpty ? open + close : open + lead + parts.joined(separator: "," + lead) + end + close
  }
}
