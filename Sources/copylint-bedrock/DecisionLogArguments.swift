import ArgumentParser
import Copylint
import CopylintBedrock

/// How the decision log is kept.
struct DecisionLogArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A field of the decision log that says only `masked`: "
        + MaskedField.allCases.map(\.rawValue).joined(separator: ", ") + "; repeatable.", valueName: "field"),
    transform: Self.field)
  var decisionLogMask: [MaskedField] = []

  @Option(help: ArgumentHelp("The size at which a log file is set aside and a new one begun.", valueName: "bytes"))
  var decisionLogBytes = 64 << 20

  func validate() throws {
    guard decisionLogBytes > 0 else { throw ValidationError("--decision-log-bytes takes more than 0") }
  }

  private static func field(_ name: String) throws -> MaskedField {
    do {
      return try MaskedField.named(name)
    } catch {
      throw ValidationError(error.message + (error.help.map { "; \($0)" } ?? ""))
    }
  }

  /// The same for the log itself.
  var options: DecisionLogOptions {
    DecisionLogOptions(
      maxBytes: decisionLogBytes, masks: Set(decisionLogMask),
      onRotationFailure: { failure in
        StandardStream.error.print(
          "warning: the decision log `\(Escaping.visible(failure.path))` is not set aside: \(failure.reason)")
      })
  }
}
