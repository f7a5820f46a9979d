import Foundation
import Logging
import Testing

@testable import CopylintBedrock

/// Log messages as JSON lines.
@Suite struct JSONLinesLogHandlerTests {
  private let lines = LockedList()

  private func logger() -> Logger {
    let time = FixedTime()
    return Logger(label: "copylint.gate") { [lines] label in
      JSONLinesLogHandler(
        JSONLogLines(label: label, time: time) { lines.append(String(decoding: $0, as: UTF8.self)) })
    }
  }

  @Test func aMessageIsALine() throws {
    var logger = logger()
    logger[metadataKey: "generation"] = "3"
    logger.notice("reloaded", metadata: ["packs": ["b", "a"], "target": ["region": "eu-west-1"]])
    #expect(
      lines.values == [
        #"{"time":"2026-11-18T11:06:40.000Z","level":"notice","logger":"copylint.gate","message":"reloaded","#
          + #""metadata":{"generation":"3","packs":["b","a"],"target":{"region":"eu-west-1"}}}"# + "\n"
      ])
  }

  @Test func nothingOfAMessageReachesTheTerminal() throws {
    let hostile = "a\n{\"level\":\"info\"}\u{1B}]0;x\u{7}\u{202E}\u{9B}\r::error::"
    logger().error("\(hostile)", metadata: ["\(hostile)": "\(hostile)", "list": ["\(hostile)"]])
    let line = try #require(lines.values.first)
    #expect(line.utf8.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    #expect(!line.unicodeScalars.contains("\u{202E}") && !line.unicodeScalars.contains("\u{9B}"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["message"] as? String == hostile)
    #expect((object["metadata"] as? [String: Any])?[hostile] as? String == hostile)
  }

  @Test func whatIsBelowTheLevelIsNotWritten() {
    var logger = logger()
    logger.debug("no")
    logger.logLevel = .debug
    logger.debug("yes")
    #expect(lines.values.count == 1)
    #expect(lines.values.first?.contains(#""message":"yes""#) == true)
  }

  @Test func aMessagesOwnMetadataWins() {
    var logger = logger()
    logger[metadataKey: "a"] = "logger"
    logger.info("m", metadata: ["a": "message"])
    #expect(lines.values.first?.contains(#""metadata":{"a":"message"}"#) == true)
  }
}
