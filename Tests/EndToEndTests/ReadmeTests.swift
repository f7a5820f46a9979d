import Foundation
import Testing

/// Every `copylint` command of the README runs, and does what the README says.
@Suite struct ReadmeTests {
  private static func commands() throws -> [String] {
    let text = try String(contentsOf: Program.root.appendingPathComponent("README.md"), encoding: .utf8)
    var isShell = false
    var commands: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isShell = line == "```sh" } else if isShell { commands.append(String(line)) }
    }
    return commands
  }

  @Test func everyCommandRuns() throws {
    let scratch = try Scratch()
    for name in ["copies", "policy"] {
      try FileManager.default.copyItem(
        at: Program.root.appendingPathComponent("Tests/Examples/\(name)"),
        to: scratch.folder.appendingPathComponent(name))
    }
    try FileManager.default.copyItem(
      at: Program.root.appendingPathComponent("rules/cases"), to: scratch.folder.appendingPathComponent("cases"))
    for pack in ["baseline", "bedrock-api", "data-residency"] {
      try FileManager.default.copyItem(
        at: Program.root.appendingPathComponent("rules/\(pack).json"),
        to: scratch.folder.appendingPathComponent("\(pack).json"))
    }
    try scratch.write(Sample.good + "\n", to: "requests.ndjson")
    let bin = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    let commands = try Self.commands().filter { $0.hasPrefix("copylint ") }
    #expect(commands.count >= 12)
    for command in commands {
      let result = try Program.execute(
        "/bin/bash", ["-c", command], in: scratch.folder, environment: ["PATH": "\(bin):/usr/bin:/bin"])
      #expect(result.code == 0 || result.code == 1, "\(command): \(result.code) \(result.errors)")
      #expect(!result.output.isEmpty, "\(command)")
    }
  }

  @Test func theFirstCommandFindsWhatItSays() throws {
    let first = try #require(try Self.commands().first)
    let check = try #require(first.components(separatedBy: " && ").last)
    let arguments = check.split(separator: " ").dropFirst().map(String.init)
    let result = try Program.run(arguments, in: Program.root)
    #expect(result.code == 1)
    let readme = try String(contentsOf: Program.root.appendingPathComponent("README.md"), encoding: .utf8)
    let shown = try #require(
      readme.components(separatedBy: "```text\n").dropFirst().first?.components(separatedBy: "```").first)
    #expect(result.output.contains(shown))
  }
}
