import Copylint

/// A run as one JSON object:
/// `{"version", "tool", "packs", "exitCode", "command": {"exitCode", "signal"}, "forwarded", "denied", "refused",
/// "counts"}`. The command's own end is in it, whatever the run's exit code is.
package struct RunReport {
  package var summary: RunSummary
  package var packs: [Report.Pack]
  /// How the command ended.
  package var status: CommandStatus
  /// What the run itself ends with.
  package var exitCode: Int32

  package init(_ summary: RunSummary, packs: [Report.Pack], status: CommandStatus, exitCode: Int32) {
    (self.summary, self.packs, self.status, self.exitCode) = (summary, packs, status, exitCode)
  }

  /// The object, on one line.
  package var bytes: [UInt8] {
    var writer = JSONWriter()
    var requests = RequestJSON(verbose: false)
    writer.object { writer in
      writer.member("version", 1)
      writer.member("tool", Version.tool)
      writer.key("packs")
      writer.array(packs) { ReportJSON.write($1, to: &$0) }
      writer.member("exitCode", Int(exitCode))
      writer.member("command", object: writeCommand)
      writer.member("counts", object: writeCounts)
      writer.key("forwarded")
      writer.array(summary.forwarded) { writer, item in
        writer.object { writer in
          Self.write(item.decision, to: &writer, &requests)
          Self.write(item.outcome, to: &writer)
          writer.member("attempts", item.attempts)
        }
      }
      writer.key("denied")
      writer.array(summary.denied) { writer, decision in
        writer.object { Self.write(decision, to: &$0, &requests) }
      }
      writer.key("refused")
      writer.array(summary.refused) { Self.write($1, to: &$0) }
    }
    return writer.bytes + [0x0A]
  }

  private func writeCommand(_ writer: inout JSONWriter) {
    writer.member("exitCode", Int(status.exitCode))
    if case .signalled(let signal) = status { writer.member("signal", Int(signal)) }
  }

  private func writeCounts(_ writer: inout JSONWriter) {
    writer.member("forwarded", summary.forwardedCount)
    writer.member("denied", summary.deniedCount)
    writer.member("refused", summary.refusedCount)
    writer.member("passed", summary.passedCount)
  }

  private static func write(_ decision: GateDecision, to writer: inout JSONWriter, _ requests: inout RequestJSON) {
    writer.member("decision", decision.id)
    writer.member("region", decision.region)
    writer.member("targetModelName", orNull: decision.targetModelName)
    writer.key("request")
    requests.write(decision.report, to: &writer)
  }

  private static func write(_ outcome: GateOutcome, to writer: inout JSONWriter) {
    writer.member("outcome", outcome.outcome.rawValue)
    if let status = outcome.status { writer.member("status", status) }
    writer.member("jobArn", ifPresent: outcome.jobArn)
    writer.member("error", ifPresent: outcome.error)
  }

  private static func write(_ refusal: GateRefusal, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("kind", refusal.kind.rawValue)
      writer.member("status", refusal.status)
      writer.member("reason", refusal.reason)
    }
  }
}
