@testable import Copylint

/// Request texts of every sort, the same for the same seed: compliant ones, ones with something wrong, envelopes,
/// escapes and white space wherever JSON lets them stand, and texts that are no request or no JSON at all.
struct RandomRequests {
  private var random: RandomSource

  init(seed: UInt64) { random = RandomSource(seed: seed) }

  mutating func text() -> [UInt8] {
    var bytes = Array(document().utf8)
    guard chance(5) else { return bytes }
    for _ in 0...below(2) { damage(&bytes) }
    return bytes
  }

  private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
  /// One time in `count`.
  private mutating func chance(_ count: Int) -> Bool { below(count) == 0 }
  private mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  private mutating func damage(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let at = below(bytes.count)
    switch below(5) {
    case 0: bytes[at] = UInt8(below(256))
    case 1: bytes.remove(at: at)
    case 2: bytes.insert(pick(Array("\"\\{}[],:u0\n\0".utf8) + [0x80, 0xC3, 0xED, 0xF4, 0xFF]), at: at)
    case 3: bytes.removeLast(bytes.count - at)
    default: bytes.insert(contentsOf: bytes[min(at, bytes.count - 1)..<min(at + below(40), bytes.count)], at: at)
    }
  }

  // MARK: JSON

  private mutating func space() -> String { chance(4) ? pick([" ", "  ", "\t", "\r", "\n", "\r\n"]) : "" }

  private mutating func object(_ members: [(String, String)]) -> String {
    let parts = members.map { "\(space())\($0.0)\(space()):\(space())\($0.1)\(space())" }
    return "{" + (parts.isEmpty ? space() : parts.joined(separator: ",")) + "}"
  }

  private mutating func array(_ elements: [String]) -> String {
    let parts = elements.map { space() + $0 + space() }
    return "[" + (parts.isEmpty ? space() : parts.joined(separator: ",")) + "]"
  }

  /// A string, with some of its characters escaped.
  private mutating func string(_ value: String) -> String {
    let escapes = chance(3)
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case _ where scalar.value < 0x20 || (escapes && chance(6)):
        for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      case "/" where escapes: text += "\\/"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  private mutating func name(_ text: String) -> String { chance(60) ? string(text) : "\"\(text)\"" }

  private mutating func oddValue() -> String {
    pick([
      "null", "true", "1", "1.5", "{}", "[]", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "[[[]]]",
      "{\"a\":1,\"a\":2}", "99999999999999999999", "\"\\x\"",
    ])
  }

  // MARK: Requests

  private mutating func document() -> String {
    if chance(40) { return pick(["", " ", "{}", "[]", "null", "{\"target\":{}}", "{\"request\":{}}", "\u{FEFF}{}"]) }
    let request = body()
    guard chance(2) else { return space() + request + space() }
    var members = [(name("target"), target()), (name("request"), request)]
    if chance(3) { members.reverse() }
    if chance(30) { members.append((name(pick(["target", "request", "sourceModelArn", "note"])), oddValue())) }
    if chance(30) { members.remove(at: below(members.count)) }
    return space() + object(members) + space()
  }

  private mutating func target() -> String {
    var members: [(String, String)] = []
    if !chance(8) { members.append((name("region"), string(pick(Self.regions)))) }
    if !chance(4) { members.append((name("account"), string(pick(Self.accounts)))) }
    if chance(40) { members.append((name(pick(["region", "acount"])), oddValue())) }
    return object(members)
  }

  private mutating func body() -> String {
    var members: [(String, String)] = []
    if !chance(15) { members.append((name("sourceModelArn"), string(source()))) }
    if !chance(15) { members.append((name("targetModelName"), string(pick(Self.names)))) }
    if !chance(6) { members.append((name("modelKmsKeyId"), string(key()))) }
    if !chance(6) { members.append((name("targetModelTags"), tags())) }
    if chance(4) { members.append((name("clientRequestToken"), string(pick(["copy-1", "-", "a-", "é", ""])))) }
    if chance(25) { members.append((name(pick(Self.oddNames)), oddValue())) }
    if chance(25), !members.isEmpty { members[below(members.count)].1 = oddValue() }
    if chance(3) { members.shuffle(using: &random) }
    return object(members)
  }

  private mutating func source() -> String {
    let model = pick([
      "custom-model/imported/abcdefgh1234", "custom-model/amazon.titan-v1:0:4k/abcdefgh1234", "custom-model/x/y",
      "foundation-model/amazon.titan-v1", "custom-model/a/b/c/d", "provisioned-model/x",
    ])
    let account = model.hasPrefix("foundation") && !chance(5) ? "" : pick(Self.accounts)
    return "arn:\(pick(["aws", "aws", "aws-cn", "aws-é\n", "gcp"])):bedrock:\(pick(Self.regions)):\(account):\(model)"
  }

  private mutating func key() -> String {
    pick([
      "arn:aws:kms:\(pick(Self.regions)):\(pick(Self.accounts)):key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "arn:aws:kms:\(pick(Self.regions)):\(pick(Self.accounts)):key/mrk-1234abcd12ab34cd56ef123456789012",
      "arn:aws:kms:\(pick(Self.regions)):\(pick(Self.accounts)):alias/finance", "alias/finance", "alias/é", "alias/a ",
      "1234abcd-12ab-34cd-56ef-1234567890ab", "arn:aws:kms", "arn:aws:s3:::bucket", "",
    ])
  }

  private mutating func tags() -> String {
    let count = chance(30) ? pick([49, 50, 51, 200, 201, 255, 256, 257]) : below(8)
    return array((0..<count).map { tag($0) })
  }

  private mutating func tag(_ index: Int) -> String {
    let key = chance(3) ? "note\(index)" : pick(Self.keys)
    var members = [(name("key"), string(key)), (name("value"), string(pick(Self.values)))]
    if chance(4) { members.reverse() }
    if chance(80) { members.removeLast() }
    if chance(80) { members.append((name(pick(["value", "key", "Value", "x"])), oddValue())) }
    return chance(150) ? oddValue() : object(members)
  }

  private static let regions = ["eu-west-1", "eu-central-1", "us-east-1", "EU-WEST-1", "", "cn-north-1"]
  private static let accounts = ["111122223333", "222233334444", "1", "999988887777"]
  private static let names = [
    "fin-a", "fin-a-b2", "fraud-v3", "Fraud", "a b", "", "é", String(repeating: "x", count: 64), "y", " fin-a", "##`",
    String(repeating: "\"#", count: 70),
  ]
  private static let keys = [
    "Owner", "owner", "OWNER", "CostCenter", "Environment", "aws:x", "AWS:x", "team:a", "a b", "", "K\u{212A}", "tab\t",
    "costCenter", "COSTCENTER", "environment", "Team:a", "k\"\\",
  ]
  private static let values = [
    "fraud", "CC-1234", "CC-12345", "dev", "prod", "Prod", "", "a@b.example", "line\nline", "\u{0B}", "é", "😀", "#",
    String(repeating: "y", count: 257), "eu-west-1", "\"quoted\"", "back\\slash", "fraud ", "\tdev", "##a#b##",
    String(repeating: "z#", count: 60), String(repeating: "z", count: 121), String(repeating: "é", count: 121),
  ]
  private static let oddNames = [
    "TargetModelName", "targetModelName", "tags", "x", "", "sourceModelArn\u{0}", "kmsKeyId", "$comment",
  ]
}
