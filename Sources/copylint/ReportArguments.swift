import ArgumentParser
import Copylint

/// The options that say which reports are written, and where.
struct ReportArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The report on standard output.", valueName: "format"))
  var outputFormat = OutputFormat.text

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp("A report beside it, in a file that appears whole or not at all.", valueName: "format=file"))
  var outputs: [String] = []

  @Option(
    name: .customLong("ci"),
    help: "The build platform whose report is written beside the text: auto, none, github, gitlab or azure.")
  var platform = BuildPlatformChoice.auto

  /// Every report of the run. Throws when two of them, or one and an input, are the same file.
  func destinations(besideInputs inputs: [String]) throws -> [ReportDestination] {
    var asked = [ReportDestination(outputFormat)]
    var taken = inputs.map { (path: FileSystem.absolutePath(ByteString($0)), use: "checked") }
    for argument in outputs {
      let destination = try report(argument)
      guard let file = destination.madeFile else { continue }
      if let other = taken.first(where: { $0.path == file }) {
        throw ValidationError("--output \(Escaping.visible(argument)): that file is \(other.use) too")
      }
      taken.append((file, "written"))
      asked.append(destination)
    }
    return asked + platform.destinations(beside: asked)
  }

  private func report(_ argument: String) throws -> ReportDestination {
    do throws(Diagnostic) {
      return try ReportDestination(argument: argument)
    } catch {
      throw ValidationError("--output: \(error.message)" + (error.help.map { "; \($0)" } ?? ""))
    }
  }
}

/// Which build platform a run reports to.
enum BuildPlatformChoice: String, CaseIterable, ExpressibleByArgument {
  /// The one that the environment tells of.
  case auto
  case none
  case github
  case gitlab
  case azure

  func destinations(beside asked: [ReportDestination]) -> [ReportDestination] {
    let platform = self == .auto ? BuildPlatform { Terminal.environment($0) } : BuildPlatform(rawValue: rawValue)
    return platform?.destinations(beside: asked) { Terminal.environment($0) } ?? []
  }
}
