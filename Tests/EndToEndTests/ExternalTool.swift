import Foundation
import Testing

/// Something outside of the package that a test needs.
///
/// Without it the test is skipped, by name; where `COPYLINT_REQUIRE_TOOLS` is 1, as in CI, it runs and fails instead.
struct ExternalTool: Sendable {
  /// As the skip calls it.
  let name: String
  let isPresent: Bool
  /// Whether CI can install it.
  let isInstallable: Bool

  /// A program on the PATH.
  init(program: String) {
    name = program
    isPresent = Self.succeeds("command -v \"$0\"", program)
    isInstallable = true
  }

  /// A module of python3.
  init(pythonModule module: String) {
    name = "python3 with \(module)"
    isPresent = Self.succeeds("exec python3 -c \"import $0\"", module)
    isInstallable = true
  }

  /// A folder that a variable of the environment names, of data that no one can install.
  init(folderIn variable: String) {
    name = "the folder in \(variable)"
    isPresent = Self.folder(variable) != nil
    isInstallable = false
  }

  /// Whether a missing tool that can be installed is a failure.
  static let areRequired = ProcessInfo.processInfo.environment["COPYLINT_REQUIRE_TOOLS"] == "1"

  /// The folder that a variable of the environment names; nil where it is not set or leads nowhere.
  static func folder(_ variable: String) -> URL? {
    guard let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty else { return nil }
    return FileManager.default.fileExists(atPath: path) ? URL(fileURLWithPath: path) : nil
  }

  private static func succeeds(_ command: String, _ argument: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command, argument]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test, naming the tool, where it is missing and nothing requires it.
  static func needs(_ tool: ExternalTool) -> Self {
    .enabled(
      if: tool.isPresent || (tool.isInstallable && ExternalTool.areRequired), "needs \(tool.name), which is not here")
  }
}

extension ExternalTool {
  static let python = ExternalTool(program: "python3")
  static let jsonschema = ExternalTool(pythonModule: "jsonschema")
  static let lxml = ExternalTool(pythonModule: "lxml")
  /// tap.py, with what it reads YAML blocks by.
  static let tap = ExternalTool(pythonModule: "tap.parser, yaml, more_itertools")
  /// Schemas of other people's formats, which are not part of the project.
  static let schemas = ExternalTool(folderIn: "COPYLINT_SCHEMAS")
}
