import ArgumentParser
import Copylint

/// `copylint init`
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract:
      "Write a configuration that fits the requests which are there, a starter pack and a hook. Replaces nothing.")

  @Flag(help: "Write a pre-commit hook of git's own.")
  var gitHook = false

  @Flag(help: "Write .pre-commit-config.yaml, or say what belongs there.")
  var preCommit = false

  func run() throws {
    var hooks: Initialization.Hooks = []
    if gitHook { hooks.insert(.git) }
    if preCommit { hooks.insert(.preCommit) }
    let initialization = Initialization(hooks)
    for line in initialization.lines { Terminal.print(line) }
    for line in initialization.errors(color: Terminal.takesColor) { Terminal.printError(line) }
    if initialization.exitCode != .compliant { throw ArgumentParser.ExitCode(initialization.exitCode.rawValue) }
  }
}
