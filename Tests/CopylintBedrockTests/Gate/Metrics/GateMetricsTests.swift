import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// What Prometheus fetches from a gate.
@Suite struct GateMetricsTests {
  private static func lines(_ metrics: GateMetrics) -> [String] {
    String(decoding: metrics.exposition(), as: UTF8.self).split(separator: "\n").map { String($0) }
  }

  /// A request with a finding of `bedrock-api/target-model-name`, and others.
  private static func denied() throws -> Report.Request {
    var linter = try PolicyLinter(packs: [], today: CalendarDate("2026-11-25"))
    let request = #"{"sourceModelArn": "arn:aws:bedrock:us-east-1::x", "targetModelName": "a b"}"#
    return linter.judge(Array(request.utf8), region: "eu-west-1")
  }

  @Test func verdictsAndRulesAreCounted() throws {
    let report = try Self.denied()
    let rules = Set(report.findings.map(\.rule)).sorted()
    #expect(!rules.isEmpty)
    let metrics = GateMetrics(rules: rules + ["acme/silent"])
    for _ in 0..<3 { metrics.decided(report, isForwarded: false) }
    metrics.decided(report, isForwarded: true)
    metrics.decided(Report.Request(path: "", verdict: .compliant), isForwarded: true)
    let lines = Self.lines(metrics)
    #expect(lines.contains(#"copylint_gate_decisions_total{verdict="denied",forwarded="no"} 3"#))
    #expect(lines.contains(#"copylint_gate_decisions_total{verdict="denied",forwarded="yes"} 1"#))
    #expect(lines.contains(#"copylint_gate_decisions_total{verdict="compliant",forwarded="yes"} 1"#))
    #expect(lines.contains(#"copylint_gate_decisions_total{verdict="undetermined",forwarded="no"} 0"#))
    for rule in rules {
      let count = report.findings.filter { $0.rule == rule }.count * 4
      #expect(lines.contains("copylint_gate_findings_total{rule=\"\(rule)\",status=\"denied\"} \(count)"))
    }
    #expect(lines.contains(#"copylint_gate_findings_total{rule="acme/silent",status="denied"} 0"#))
  }

  @Test func aRuleThatIsNotInForceMakesNoSeries() throws {
    let metrics = GateMetrics(rules: [])
    let report = try Self.denied()
    metrics.decided(report, isForwarded: false)
    let lines = Self.lines(metrics).filter { $0.hasPrefix("copylint_gate_findings_total{") }
    #expect(lines == ["copylint_gate_findings_total{rule=\"other\",status=\"denied\"} \(report.findings.count)"])
    metrics.policyLoaded(
      generation: 2, rules: report.findings.map(\.rule), at: Date(timeIntervalSince1970: 1_795_000_000.4))
    metrics.decided(report, isForwarded: false)
    metrics.callersLoaded()
    metrics.callersFailed()
    let later = Self.lines(metrics)
    for result in ["loaded", "failed"] {
      #expect(later.contains(#"copylint_gate_callers_loads_total{result="\#(result)"} 1"#))
    }
    #expect(later.contains("copylint_gate_findings_total{rule=\"other\",status=\"denied\"} \(report.findings.count)"))
    #expect(later.contains("copylint_gate_policy_generation 2"))
    #expect(later.contains("copylint_gate_policy_load_time_seconds 1795000000"))
    #expect(later.contains(#"copylint_gate_policy_loads_total{result="loaded"} 1"#))
  }

  @Test func refusalsOutcomesAndConnectionsAreCounted() {
    let metrics = GateMetrics(rules: [])
    for kind in GateRefusal.Kind.allCases { metrics.refused(kind) }
    metrics.refused(.signature)
    metrics.forwarded(.accepted)
    for isOpen in [true, true, false] { metrics.connection(isOpen: isOpen) }
    metrics.policyFailed()
    let lines = Self.lines(metrics)
    for kind in GateRefusal.Kind.allCases {
      #expect(
        lines.contains("copylint_gate_refusals_total{kind=\"\(kind.rawValue)\"} \(kind == .signature ? 2 : 1)"))
    }
    #expect(lines.contains(#"copylint_gate_upstream_total{outcome="accepted"} 1"#))
    #expect(lines.contains(#"copylint_gate_upstream_total{outcome="unknown"} 0"#))
    #expect(lines.contains("copylint_gate_connections 1"))
    #expect(lines.contains(#"copylint_gate_policy_loads_total{result="failed"} 1"#))
  }

  @Test func durationsAreInCumulativeBuckets() {
    let metrics = GateMetrics(rules: [])
    for duration in [0.2, 3, 4, 200, 90_000, -5] as [Double] {
      metrics.answered(after: .milliseconds(duration), upstream: .milliseconds(1))
    }
    let prefix = "copylint_gate_request_duration_seconds"
    let lines = Self.lines(metrics).filter { $0.hasPrefix(prefix) }
    let values = ["0.0005": 2, "0.001": 2, "0.003": 3, "0.005": 4, "0.1": 4, "0.25": 5, "60": 5, "+Inf": 6]
    for (bound, count) in values {
      #expect(lines.contains("\(prefix)_bucket{le=\"\(bound)\"} \(count)"), "\(bound)")
    }
    #expect(lines.contains("\(prefix)_count 6"))
    #expect(lines.contains("\(prefix)_sum 90.2072"))
    #expect(Self.lines(metrics).contains(#"copylint_gate_added_duration_seconds_bucket{le="0.002"} 3"#))
  }

  @Test func whatTheDiskTakesIsCounted() {
    let metrics = GateMetrics(rules: [])
    for duration in [0.4, 2.5] as [Double] { metrics.logSynchronised(after: .milliseconds(duration)) }
    metrics.journalCommitted(after: .milliseconds(12))
    for isWritable in [true, false] {
      metrics.logFound(isWritable: isWritable)
      #expect(Self.lines(metrics).contains("copylint_gate_decision_log_writable \(isWritable ? 1 : 0)"))
    }
    let lines = Self.lines(metrics)
    #expect(lines.contains(#"copylint_gate_decision_log_fsync_duration_seconds_bucket{le="0.002"} 1"#))
    #expect(lines.contains("copylint_gate_decision_log_fsync_duration_seconds_count 2"))
    #expect(lines.contains(#"copylint_gate_journal_commit_duration_seconds_bucket{le="0.01"} 0"#))
    #expect(lines.contains("copylint_gate_journal_commit_duration_seconds_sum 0.012"))
  }

  @Test func everyMetricHasHelpAndTypeOnceAndBeforeItsSamples() {
    var seen: Set<String> = []
    var current = ""
    for line in Self.lines(GateMetrics(rules: ["a/b"])) {
      let words = line.split(separator: " ").map { String($0) }
      switch words[1] {
      case "HELP":
        current = words[2]
        #expect(seen.insert(current).inserted)
      case "TYPE": #expect(words[2] == current && ["counter", "gauge", "histogram"].contains(words[3]))
      default:
        #expect(line.hasPrefix(current))
        #expect(words.last.flatMap { Double($0) } != nil, "\(line)")
      }
    }
    #expect(seen.count == 14)
  }

  @Test func countsOfManyTasksAreAllThere() async {
    let metrics = GateMetrics(rules: [])
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<32 {
        group.addTask {
          for _ in 0..<500 {
            metrics.refused(.framing)
            metrics.answered(after: .milliseconds(1))
          }
        }
      }
    }
    let lines = Self.lines(metrics)
    #expect(lines.contains(#"copylint_gate_refusals_total{kind="framing"} 16000"#))
    #expect(lines.contains("copylint_gate_request_duration_seconds_count 16000"))
  }

  @Test(arguments: [
    (#"a"b"#, #"a\"b"#), (#"a\b"#, #"a\\b"#), ("a\nb", #"a\\nb"#), ("\u{1B}[2J", #"\\x1b[2J"#), ("ä", "ä"),
  ])
  func labelsAreEscaped(_ value: String, _ shown: String) {
    var writer = ExpositionWriter()
    writer.sample("m", [("l", value)], "1")
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "m{l=\"\(shown)\"} 1\n")
  }

  @Test func numbersAreShort() {
    let numbers = [0, 1, 0.005, 1e9, .infinity, -.infinity, .nan].map { ExpositionWriter.number($0) }
    #expect(numbers == ["0", "1", "0.005", "1000000000", "+Inf", "-Inf", "NaN"])
  }

  @Test func seriesAreBounded() {
    let family = CounterFamily("m_total", help: "h", labels: ["l"])
    family.admit((0..<20_000).map { ["\($0)"] })
    family.count(["19999"])
    var writer = ExpositionWriter()
    family.write(to: &writer)
    let lines = writer.bytes.split(separator: 0x0A)
    #expect(lines.count == 2 + CounterFamily.maxSeries + 1)
    #expect(lines.contains { $0.elementsEqual(#"m_total{l="other"} 1"#.utf8) })
  }
}
