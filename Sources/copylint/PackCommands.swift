import ArgumentParser
import Copylint
import CopylintArguments

/// `copylint pack`
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack", abstract: "Work on rule packs.",
    subcommands: [PackLintCommand.self, PackTestCommand.self, PackSchemaCommand.self])
}

/// `copylint pack lint`
struct PackLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Report mistakes in packs, and what is suspicious. Exit 2 on a mistake, 1 on a suspicion.")

  @Argument(help: "Packs: built-in names or paths. Without any: those of the configuration.")
  var packs: [String] = []

  @OptionGroup var policy: PolicyArguments

  @Option(help: "When to colour: auto, always or never.")
  var color = ColorChoice.auto

  func run() throws {
    var options = policy.options
    options.packs += packs
    if !packs.isEmpty, policy.config == nil { options.configuration = .none }
    let lint = PackLint(options)
    for line in lint.lines(color: color.isOn) { Terminal.print(line) }
    let counts = [(lint.packCount, "pack"), (lint.errors.count, "error"), (lint.warnings.count, "warning")]
      .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    Terminal.print("\(counts[0]): \(counts[1]), \(counts[2])")
    if !lint.errors.isEmpty { throw ArgumentParser.ExitCode(Copylint.ExitCode.unusable.rawValue) }
    if !lint.warnings.isEmpty { throw ArgumentParser.ExitCode(Copylint.ExitCode.denied.rawValue) }
  }
}

/// `copylint pack test`
struct PackTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the cases of packs and say which rules no case exercises.")

  @Argument(help: "A directory of case files, or case files.")
  var paths: [String]

  @OptionGroup var policy: PolicyArguments

  func run() throws {
    let paths = paths
    let options = policy.options
    let test = PackTest(paths, options)
    for line in test.lines { Terminal.print(line) }
    if test.exitCode != .compliant { throw ArgumentParser.ExitCode(test.exitCode.rawValue) }
  }
}

/// `copylint pack schema`
struct PackSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of packs, of the configuration, or of waivers.")

  @Flag(help: "The schema of .copylint.json instead.")
  var configuration = false

  @Flag(help: "The schema of a file of waivers instead.")
  var waivers = false

  func validate() throws {
    if configuration, waivers { throw ValidationError("--configuration and --waivers exclude each other") }
  }

  func run() throws {
    Terminal.print(
      configuration ? SchemaPrinter.configuration : waivers ? SchemaPrinter.waivers : SchemaPrinter.packs)
  }
}
