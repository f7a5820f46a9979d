import BedrockClient
import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// What somebody did to a log, and how it shows.
@Suite struct LogVerificationTests {
  private let folder: ScratchFolder
  private var path: String { folder["log"] }
  /// Two chains, a and b, line by line in turn: a1 b1 a2 b2 … a6 b6.
  private let lines: [String]
  private let heads: [ChainHead]

  init() throws {
    let folder = try ScratchFolder()
    self.folder = folder
    let logs = try ["a", "b"].map { try DecisionLog(path: folder["log"], id: $0) }
    for number in 1...6 {
      for log in logs { try log.append(DecisionSample.record("\(number)")) }
    }
    heads = logs.compactMap(\.head)
    lines = try DecisionSample.texts(folder["log"]).map { String($0) }
  }

  private func write(_ lines: [String], to name: String = "log", end: String = "\n") throws {
    try Data((lines.joined(separator: "\n") + end).utf8).write(to: URL(fileURLWithPath: folder[name]))
  }

  /// The problems as `kind line chain`.
  private func problems(heads: [ChainHead] = []) throws -> [String] {
    try LogVerification.verify(.log(path), heads: heads).problems.map { problem in
      #expect(problem.place == nil || problem.place?.path == path)
      return "\(problem.kind.rawValue) \(problem.place.map { String($0.line) } ?? "-") \(problem.chain ?? "-")"
    }
  }

  private func line(_ chain: String, _ number: Int) -> Int { (number - 1) * 2 + (chain == "a" ? 0 : 1) }

  @Test func whatWasWrittenIsIntact() throws {
    let result = try LogVerification.verify(.log(path), heads: heads)
    #expect(result.isIntact)
    #expect(result.lines == 12)
    #expect(result.heads == heads)
    #expect(result.text == ["12 lines of 2 chains in 1 file: intact"])
  }

  @Test func everyLineThatIsRemovedShows() throws {
    for number in 1...5 {
      for chain in ["a", "b"] {
        var tampered = lines
        tampered.remove(at: line(chain, number))
        try write(tampered)
        // The next one of the chain has moved up by one, and counts from 1.
        #expect(try problems() == ["removed \(line(chain, number + 1)) \(chain)"])
      }
    }
  }

  @Test func everyByteThatIsChangedShows() throws {
    let target = line("a", 3)
    let bytes = Array(lines[target].utf8)
    for index in bytes.indices {
      var changed = bytes
      changed[index] = bytes[index] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
      var tampered = lines
      tampered[target] = String(decoding: changed, as: UTF8.self)
      try write(tampered)
      let found = try problems()
      #expect(!found.isEmpty, "byte \(index)")
      #expect(found.contains { $0.hasPrefix("changed") || $0.hasPrefix("removed") || $0.hasPrefix("inserted") })
    }
  }

  @Test func aChangedValueIsNamedWhereItStands() throws {
    var tampered = lines
    tampered[line("a", 3)] = lines[line("a", 3)].replacingOccurrences(of: "denied", with: "compliant")
    try write(tampered)
    #expect(try problems() == ["changed 5 a"])
    let problem = try #require(try LogVerification.verify(.log(path)).problems.first)
    #expect(problem.message == "line 3 was changed: the next one, \(path):7, has the digest of another")
  }

  @Test func reorderedLinesShow() throws {
    var tampered = lines
    tampered.swapAt(line("a", 3), line("a", 4))
    try write(tampered)
    #expect(try problems() == ["reordered 7 a"])
    try write(lines.reversed())
    #expect(try problems().count == 10)
    #expect(try problems().allSatisfy { $0.hasPrefix("reordered") })
  }

  @Test func duplicatedLinesShow() throws {
    for original in [0, 3, 6, 11] {
      for place in [original + 1, 12] {
        var tampered = lines
        tampered.insert(lines[original], at: place)
        try write(tampered)
        #expect(try problems() == ["duplicated \(place + 1) \(original % 2 == 0 ? "a" : "b")"], "\(original) \(place)")
      }
    }
  }

  @Test func aLineThatTakesAnothersPlaceShows() throws {
    var chain = LogChain(id: "a")
    let forged = (1...6).map { _ -> String in
      var line: [UInt8] = []
      chain.append(Array("{\"kind\":\"outcome\"}".utf8), to: &line)
      return String(decoding: line.dropLast(), as: UTF8.self)
    }
    // One with the digest that belongs there, before the true one and after it; then one from another log.
    let previous = lines[line("a", 4)].firstRange(of: /"previous":"[0-9a-f]+"/).map { lines[line("a", 4)][$0] }
    let fitting = forged[3].replacing(/"previous":"[0-9a-f]+"/, with: try #require(previous))
    for (inserted, place, number) in [(fitting, line("a", 4), 7), (fitting, line("a", 5), 9), (forged[3], 8, 9)] {
      var tampered = lines
      tampered.insert(inserted, at: place)
      try write(tampered)
      #expect(try problems() == ["inserted \(number) a"], "\(place)")
    }
    try write(lines + [forged[1]])
    #expect(try problems() == ["inserted 13 a"])
  }

  @Test(arguments: ["", " ", "x", "{}", #"{"chain":"a"}"#, #"{"chain":"a","n":07,"previous":"","t":1}"#, "[]\r"])
  func whatTheLogDoesNotWriteIsInserted(_ text: String) throws {
    try write(Array(lines[..<5]) + [text] + lines[5...])
    #expect(try problems() == ["inserted 6 -"])
  }

  @Test func aCarriageReturnIsNoPartOfALine() throws {
    var tampered = lines
    tampered[4] += "\r"
    try write(tampered)
    #expect(try problems() == ["changed 5 a"])
  }

  @Test func aCutTailShowsAgainstAHead() throws {
    try write(Array(lines[..<9]))
    #expect(try problems() == [])
    #expect(try problems(heads: heads) == ["cut 8 b", "cut 9 a"])
    try write(lines.filter { !$0.contains("\"chain\":\"a\"") })
    #expect(try problems() == [])
    #expect(try problems(heads: heads) == ["cut - a"])
    // The last line has none after it that would tell.
    var tampered = lines
    tampered[11] = lines[11].replacingOccurrences(of: "denied", with: "compliant")
    try write(tampered)
    #expect(try problems() == [])
    #expect(try problems(heads: heads) == ["changed 12 b"])
  }

  @Test func aBeginningThatWasPutElsewhereNeedsItsHead() throws {
    try write(Array(lines[6...]))
    #expect(try problems() == ["removed 1 a", "removed 2 b"])
    let kept = ["a", "b"].map {
      ChainHead(chain: $0, count: 3, digest: LogDigest(of: Array(lines[line($0, 3)].utf8)))
    }
    #expect(try problems(heads: kept + heads) == [])
    // What belongs to the files that are elsewhere is no copy of anything here.
    try write(lines[6...] + [lines[0]])
    #expect(try problems(heads: kept) == ["inserted 7 a"])
    try write(Array(lines[6...]))
    let other = kept.map { ChainHead(chain: $0.chain, count: 3, digest: LogDigest(of: [])) }
    #expect(try problems(heads: other) == ["changed 1 a", "changed 2 b"])
  }

  @Test func whatACrashLeavesIsNoTampering() throws {
    let last = lines[11]
    for count in [1, 9, 12, 60, 150, last.utf8.count - 1] {
      let half = String(decoding: last.utf8.prefix(count), as: UTF8.self)
      for (tail, end) in [([half], ""), ([half], "\n"), ([half + "\0\0\0"], ""), ([half, lines[10]], "\n")] {
        try write(Array(lines[..<10]) + tail, end: end)
        let result = try LogVerification.verify(.log(path))
        #expect(result.problems.map(\.message) == [], "\(count)")
        #expect(result.halfLines.map(\.line) == [11])
      }
    }
    // The chain goes on, so that the line was confirmed.
    try write(Array(lines[..<4]) + [String(lines[4].prefix(100))] + lines[5...])
    #expect(try problems() == ["removed 7 a"])
  }

  @Test func aWholeLineWithoutItsLineFeedCounts() throws {
    try write(lines, end: "")
    #expect(try problems(heads: heads) == [])
  }

  @Test func aLogThatCannotBeJudgedIsRefused() throws {
    try write([], end: "")
    for name in ["log", "none", "folder/"] {
      #expect(throws: DecisionLogError.self) { try LogVerification.verify(.log(folder[name])) }
    }
    #expect(mkfifo(folder["pipe"], 0o600) == 0)
    for name in ["pipe", "."] {
      #expect(throws: DecisionLogError(path: folder[name], reason: "it is not a regular file")) {
        try LogVerification.verify(.log(folder[name]))
      }
    }
    // Half a line is nothing that the log says.
    try write([String(lines[0].prefix(50))], end: "")
    #expect(throws: DecisionLogError(path: path, reason: "there is no line in it")) {
      try LogVerification.verify(.log(path))
    }
  }

  @Test func memoryIsBoundedWhateverStandsThere() throws {
    let long = String(repeating: "x", count: LogLineReader.maxLineBytes + 10)
    try write([lines[0], long, lines[2]])
    #expect(try problems() == ["inserted 2 -"])
    try write((1...3000).map { _ in "x" } + lines)
    let result = try LogVerification.verify(.log(path))
    #expect(result.problems.count == 1000)
    #expect(result.problemCount == 3000)
    #expect(result.text.contains("error: and 2000 more"))
  }

  @Test func theReportIsJSONToo() throws {
    var tampered = lines
    tampered.remove(at: 2)
    try write(tampered)
    let json = try LogVerification.verify(.log(path)).json
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["verdict"] as? String == "tampered")
    #expect(object["lines"] as? Int == 11)
    #expect((object["chains"] as? [[String: Any]])?.map { $0["n"] as? Int } == [6, 6])
    let problem = try #require((object["problems"] as? [[String: Any]])?.first)
    #expect(problem["kind"] as? String == "removed")
    #expect(problem["line"] as? Int == 4)
    #expect(problem["message"] as? String == "line 2 is missing before this one")
  }

  @Test(arguments: ["", "a:1", "a:0:", "a:1:x", ":1:", "a b:1:", "a:01:", "a:1:0:"])
  func whatIsNoHeadIsRefused(_ text: String) {
    let digest = String(repeating: "0", count: 64)
    #expect(ChainHead(text) == nil)
    #expect(ChainHead(text + digest) == nil)
    #expect(ChainHead("a:1:\(digest)")?.description == "a:1:\(digest)")
  }
}
