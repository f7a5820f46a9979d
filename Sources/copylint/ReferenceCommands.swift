import ArgumentParser
import Copylint
import CopylintArguments

/// `copylint explain`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a rule or a rule kind checks, why, and how to satisfy it.",
    discussion: "`copylint rules` lists the rules in force.")

  // Also what is said where it is missing.
  @Argument(
    help: "A rule (pack/id, or its id alone), or one of the kinds \(Explanation.kinds.joined(separator: ", ")).")
  var name: String

  @OptionGroup var policy: PolicyArguments

  func run() throws {
    let options = policy.options
    let name = name
    let explanation = try stoppingAtPolicyErrors { () throws(PolicyErrors) in try Explanation(name, options) }
    for line in explanation.lines { Terminal.print(line) }
  }
}

/// `copylint rules`
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules in force and where each comes from.")

  @OptionGroup var policy: PolicyArguments

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let options = policy.options
    let listing = try stoppingAtPolicyErrors { () throws(PolicyErrors) in try RuleListing(options) }
    if json { return Terminal.print(listing.json) }
    for line in listing.lines { Terminal.print(line) }
  }
}
