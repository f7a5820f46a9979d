import ArgumentParser
import Copylint
import CopylintArguments

/// `copylint waive`
struct WaiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waive",
    abstract: "Write a waiver for a finding, into the first file of waivers that the configuration names.")

  @Argument(
    help: ArgumentHelp(
      "The request file, with the finding's line where its rule has several.", valueName: "path[:line]"))
  var place: String

  @Argument(help: "The rule, pack/id.")
  var rule: String

  @Option(help: "Why the finding may stand.")
  var reason: String

  @Option(help: "Who answers for it.")
  var owner: String

  @Option(help: "Where it is discussed.")
  var ticket: String

  @Option(help: ArgumentHelp("The last day it holds, in UTC.", valueName: "yyyy-mm-dd"))
  var until: String

  @Flag(help: "Name the target and the source model in place of the path: the waiver then counts at the gate too.")
  var withoutPath = false

  @Option(help: "The target Region of the request.")
  var region: String?

  @Option(help: "The target account of the request.")
  var account: String?

  @Flag(help: "The file holds one request a line.")
  var ndjson = false

  @OptionGroup var policy: PolicyArguments

  func validate() throws {
    if parts.path == "-" { throw ValidationError("a waiver is for a file, not for standard input") }
  }

  /// A file may be named `a:1`.
  private var parts: (path: String, line: Int?) {
    let pieces = place.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard pieces.count > 1, let last = pieces.last, let line = Int(String(decoding: last, as: UTF8.self)), line > 0,
      !FileSystem.exists(ByteString(place))
    else { return (place, nil) }
    return (String(decoding: place.utf8.dropLast(last.count + 1), as: UTF8.self), line)
  }

  func run() throws {
    var options = policy.options
    options.paths = [parts.path]
    options.region = region
    options.account = account
    options.ndjson = ndjson
    let (line, rule, namesPath) = (parts.line, rule, !withoutPath)
    let terms = WaiverTerms(reason: reason, owner: owner, ticket: ticket, until: until)
    let writer = try stoppingAtPolicyErrors { [options] () throws(PolicyErrors) in
      try WaiverWriter(rule, line: line, namesPath: namesPath, terms, options)
    }
    for line in writer.lines { Terminal.print(line) }
  }
}
