import ArgumentParser
import Copylint
import CopylintBedrock
import Glibc

/// How many decisions a second are on disk, for a number of tasks that each wait for theirs.
///
/// `swift run -c release decision-log-benchmark decisions.jsonl`. Tests run it too, as one of several processes that share
/// a log, and end it in the middle.
@main
struct DecisionLogBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "decision-log-benchmark")

  @Argument(help: "The log to append to, on the disk that is measured.")
  var path: String

  @Option(help: "How many tasks append at the same time.")
  var appenders = 32

  @Option(help: "How many lines all of them append.")
  var lines = 100_000

  @Option(help: "The size at which a file is set aside.")
  var fileBytes = 64 << 20

  @Flag(help: "Verify the log afterwards.")
  var verify = false

  @Flag(help: "Print the id of each decision when it is on disk.")
  var echo = false

  func run() async throws {
    let log = try DecisionLog(path: path, options: DecisionLogOptions(maxBytes: fileBytes))
    let record = try Self.record()
    let (appenders, share, echo) = (appenders, lines / appenders, echo)
    let time = try await ContinuousClock().measure {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for appender in 0..<appenders {
          group.addTask { try await Self.append(share, by: appender, record, to: log, echo: echo) }
        }
        try await group.waitForAll()
      }
    }
    print("appended: \(Self.rate(share * appenders, time)) by \(appenders) appenders")
    guard verify else { return }
    let clock = ContinuousClock.now
    let result = try LogVerification.verify(.log(path), heads: log.head.map { [$0] } ?? [])
    print("verified: \(Self.rate(result.lines, .now - clock)), \(result.isIntact ? "intact" : "tampered")")
  }

  private static func rate(_ lines: Int, _ time: Duration) -> String {
    "\(Int(Double(lines) / (time / .seconds(1)))) lines/s, \(lines) lines"
  }

  private static func append(
    _ count: Int, by appender: Int, _ record: DecisionRecord, to log: DecisionLog, echo: Bool
  ) async throws {
    var record = record
    for number in 0..<count {
      record.id = "\(appender)-\(number)"
      try await log.append(record)
      if echo { say(record.id) }
    }
  }

  /// At once, so that it is there when the process is killed.
  private static func say(_ id: String) {
    let line = Array("\(id)\n".utf8)
    _ = write(STDOUT_FILENO, line, line.count)
  }

  /// A decision as the gate has them: a denied request with findings.
  private static func record() throws -> DecisionRecord {
    var linter = try PolicyLinter(packs: ["baseline"], today: CalendarDate("2026-11-25"))
    let request = #"{"sourceModelArn": "arn:aws:bedrock:us-east-1::x", "targetModelName": "fraud v3"}"#
    let report = linter.judge(Array(request.utf8), region: "eu-west-1")
    let digest = String(repeating: "0", count: 64)
    return DecisionRecord(
      id: "", source: "gate", path: "", keyID: "MPLE", copyDigest: digest,
      packs: [Report.Pack(name: "baseline", version: "2026.11", sha256: digest)], report: report, isForwarded: false)
  }
}
