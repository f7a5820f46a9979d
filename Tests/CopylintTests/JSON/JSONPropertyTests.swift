import BuiltInPacks
import Testing

@testable import Copylint

/// The scanner, the source map and the splitter against jansson, on random texts.
@Suite struct JSONPropertyTests {
  /// Every pointer of jansson's tree leads to bytes that are the same value again.
  @Test func everyPointerLeadsToItsValue() throws {
    for seed in 0..<400 {
      var random = RandomJSON(seed: UInt64(seed))
      // One of each ten is wider than what is found by walking.
      let text = seed % 10 == 0 ? Self.wide(&random) : random.value()
      let file = SourceFile(path: "t", bytes: Array(text.utf8))
      let document = try Document(JSONText(file))
      var map = SourceMap(JSONText(file))
      for (pointer, value) in Self.flattened(document.root, JSONPointer()) {
        let found = map.range(of: pointer, .value)
        let range = try #require(found, "seed \(seed)")
        let again = try Document(JSONText(file: file, range: range, pointer: pointer))
        #expect(Self.isSame(again.root, value), "seed \(seed), \(pointer.description.displayString)")
        guard case .key(let key)? = pointer.tokens.last else { continue }
        let foundName = map.range(of: pointer, .key)
        let name = try #require(foundName)
        #expect(try Document(JSONText(file: file, range: name, pointer: pointer)).root.string == key)
      }
    }
  }

  private static func wide(_ random: inout RandomJSON) -> String {
    let members = (0..<40).map { "\"m\($0)\\u00e9\": \(random.value(depth: 1))" }
    let elements = (0..<40).map { _ in random.value(depth: 1) }
    return "{\(members.joined(separator: ",")), \"list\": [\(elements.joined(separator: ","))]}"
  }

  /// A request that is made to have a finding at each of its members is judged about as fast as it is read.
  @Test func manyPlacesTakeLinearTime() throws {
    let count = 20_000
    let texts = [
      "[" + (0..<count).map(String.init).joined(separator: ",") + "]",
      "{" + (0..<count).map { "\"m\($0)\":0" }.joined(separator: ",") + "}",
    ]
    let elapsed = ContinuousClock().measure {
      for (number, text) in texts.enumerated() {
        var map = SourceMap(JSONText(SourceFile(path: "t", bytes: Array(text.utf8))))
        for index in 0..<count {
          let token = number == 0 ? JSONPointer.Token.index(index) : .key(ByteString("m\(index)"))
          #expect(map.range(of: JSONPointer([token]), .value) != nil)
        }
      }
    }
    // A walk for each takes minutes here in a debug build.
    #expect(elapsed < .seconds(15))
  }

  @Test func whatIsNotThereHasNoPlace() throws {
    let elements = (0..<40).map(String.init).joined(separator: ",")
    var map = SourceMap(JSONText(SourceFile(path: "t", bytes: Array("[\(elements)]".utf8))))
    for index in [-1, 40, 41, .max] { #expect(map.range(of: JSONPointer([.index(index)]), .value) == nil) }
    #expect(map.range(of: JSONPointer([.key("0")]), .value) == nil)
    #expect(map.range(of: JSONPointer([.index(39)]), .value)?.count == 2)
  }

  /// What the scanner takes, jansson takes too, but for names that stand twice and numbers out of range.
  @Test func mutatedTextsAreJudgedAlike() throws {
    var refused = 0
    for seed in 0..<150 {
      var random = RandomJSON(seed: UInt64(seed) + 10_000)
      let original = Array(random.value().utf8)
      for _ in 0..<100 {
        var bytes = original
        for _ in 0...random.next(3) { Self.mutate(&bytes, &random) }
        let text = JSONText(SourceFile(path: "t", bytes: bytes))
        let isScanned = (try? JSONScanner.validate(text, limits: JSONLimits())) != nil
        do throws(Diagnostic) {
          _ = try Document(text)
          #expect(isScanned)
        } catch {
          refused += 1
          guard isScanned else { continue }
          #expect(
            error.message.hasSuffix("stands twice in one object") || error.message.hasSuffix("is out of range"),
            "\(error.message): \(bytes)")
        }
      }
    }
    #expect(refused > 5000)
  }

  /// A tree that is made without jansson's lexer is the one that jansson makes, and there is none of what it refuses.
  @Test func knownTextsAreReadAlike() throws {
    var (taken, made) = (0, 0)
    for seed in 0..<200 {
      var random = RandomJSON(seed: UInt64(seed) + 90_000)
      let original = Array(random.value().utf8)
      for round in 0..<60 {
        var bytes = original
        if round > 0 { Self.mutate(&bytes, &random) }
        let isMade = bytes.withUnsafeBufferPointer { JSONTreeReader.tree(of: $0) } != nil
        made += isMade ? 1 : 0
        let text = JSONText(SourceFile(path: "t", bytes: bytes))
        guard let document = try? Document(text) else {
          #expect(!isMade, "\(bytes)")
          continue
        }
        taken += 1
        #expect(Self.isSame(Document(known: text).root, document.root), "\(bytes)")
      }
    }
    #expect(taken > 3000 && made > 1000)
  }

  @Test(arguments: BuiltInPacks.names) func aBuiltInPackIsReadWithoutTheLexer(_ name: String) throws {
    let bytes = try #require(BuiltInPacks.bytes(of: name))
    #expect(bytes.withUnsafeBufferPointer { JSONTreeReader.tree(of: $0) } != nil)
    let text = JSONText(SourceFile(path: "t", bytes: bytes))
    #expect(Self.isSame(Document(known: text).root, try Document(text).root))
  }

  @Test(arguments: [
    #"{"a":1,"a":2}"#, #"{"a":{"b":1,"b":1}}"#, "[1,]", #"{"a":1,}"#, "[1 2]", "{} {}", "[]]", "[01]", "[1.]", "[+1]",
    #"["\u0000"]"#, #"["\ud800"]"#, "[\"a\u{0}\"]", "[\"\t\"]", "[1\u{0}]", "1\u{0}", "[nul]", "[truefalse]",
    #"["a]"#, #"["\"#, "", " ", "\u{FEFF}1", "[99999999999999999999]", #"{"a" 1}"#, #"{a:1}"#, "[", "{", #"{"a":"#,
    "[,]", "[1e999]",
  ])
  func noTreeIsMadeOfWhatIsRefused(text: String) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { JSONTreeReader.tree(of: $0) } == nil)
  }

  /// An array is taken element by element exactly when it is taken as a whole.
  @Test func splittingTakesWhatTheWholeIs() throws {
    for seed in 0..<300 {
      var random = RandomJSON(seed: UInt64(seed) + 50_000)
      var elements: [String] = []
      for _ in 0..<random.next(5) { elements.append(random.value(depth: 2)) }
      let original = Array("[\(elements.joined(separator: ","))]".utf8)
      for round in 0..<20 {
        var bytes = original
        if round > 0 { Self.mutate(&bytes, &random) }
        let text = JSONText(SourceFile(path: "t", bytes: bytes))
        guard ArraySplitter.isArray(text) else { continue }
        let whole = (try? Document(text)) != nil
        #expect(Self.isReadableElementByElement(text) == whole, "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  private static func isReadableElementByElement(_ text: JSONText) -> Bool {
    var isReadable = true
    ArraySplitter.forEachElement(of: text) { element in
      guard case .text(let element) = element, (try? Document(element)) != nil else { return isReadable = false }
    }
    return isReadable
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout RandomJSON) {
    let interesting = Array("{}[],:\"\\ \n0e-.tfn".utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xFF]
    guard !bytes.isEmpty else { return bytes.append(random.pick(interesting)) }
    let at = random.next(bytes.count)
    switch random.next(4) {
    case 0: bytes.remove(at: at)
    case 1: bytes.insert(random.pick(interesting), at: at)
    case 2: bytes[at] = random.pick(interesting)
    default: bytes.insert(contentsOf: bytes[at..<min(at + random.next(6), bytes.count)], at: at)
    }
  }

  private static func flattened(_ value: JSONValue, _ pointer: JSONPointer) -> [(JSONPointer, JSONValue)] {
    [(pointer, value)] + value.members.flatMap { flattened($0.value, pointer.appending($0.key)) }
      + value.elements.enumerated().flatMap { flattened($0.element, pointer.appending($0.offset)) }
  }

  private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    guard left.kind == right.kind, left.string == right.string, left.double == right.double,
      left.boolean == right.boolean
    else { return false }
    let (a, b) = (left.members, right.members)
    return a.map(\.key) == b.map(\.key) && zip(a, b).allSatisfy { isSame($0.value, $1.value) }
      && left.elementCount == right.elementCount && zip(left.elements, right.elements).allSatisfy { isSame($0, $1) }
  }
}
