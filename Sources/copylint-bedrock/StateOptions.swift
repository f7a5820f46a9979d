import ArgumentParser
import CopylintBedrock

/// Where the journal and the decision log are.
struct StateOptions: ParsableArguments {
  @Option(help: "The journal of submissions, on a local disk.")
  var journal: String?

  @Option(help: "The log of decisions.")
  var decisionLog: String?

  /// Throws where neither the options nor the environment say where.
  func paths() throws -> StatePaths {
    let standard = StatePaths.standard(home: Environment["HOME"], stateHome: Environment["XDG_STATE_HOME"])
    guard let journal = journal ?? standard?.journal, let log = decisionLog ?? standard?.decisionLog else {
      throw CommandFailure(
        "nothing says where the journal is", help: "set HOME or XDG_STATE_HOME, or give --journal and --decision-log")
    }
    return StatePaths(journal: journal, decisionLog: log)
  }
}
