import Foundation
import Testing

/// A git repository that goes away with the test. No configuration of this machine reaches it.
final class Repository {
  let scratch: Scratch
  static let environment = [
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "ci", "GIT_AUTHOR_EMAIL": "ci@example.invalid",
    "GIT_COMMITTER_NAME": "ci", "GIT_COMMITTER_EMAIL": "ci@example.invalid",
  ]

  init() throws {
    scratch = try Scratch()
    try git("init", "--quiet", "--initial-branch", "main")
  }

  var folder: URL { scratch.folder }

  /// Runs git, which must succeed.
  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let result = try attemptGit(arguments)
    try #require(result.code == 0, "git \(arguments): \(result.output)\(result.errors)")
    return result.output
  }

  /// Runs git; `copylint` is on the `PATH` of its hooks.
  func attemptGit(_ arguments: [String], environment: [String: String] = [:]) throws -> Program.Result {
    let program = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    let path = "\(program):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
    return try Program.execute(
      "/usr/bin/env", ["git"] + arguments, in: folder,
      environment: Self.environment.merging(["PATH": path]) { $1 }.merging(environment) { $1 })
  }

  func write(_ text: String, to path: String) throws { try scratch.write(text, to: path) }

  /// Writes files and commits everything.
  func commit(_ files: [String: String]) throws {
    for (path, text) in files { try write(text, to: path) }
    try git("add", "--all")
    try git("commit", "--quiet", "--allow-empty", "--message", "change")
  }

  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Result {
    try Program.run(arguments, in: folder, environment: Self.environment.merging(environment) { $1 })
  }
}

/// A policy for tests: names start with `fraud-`, and no two copies have one name.
enum SamplePolicy {
  static let configuration = #"{"format": 1, "packs": ["policy/names.json"], "include": ["copies/**"]}"#
  static let pack = pack(
    #"{"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fraud-.*"}"#)
  static let files = [".copylint.json": configuration, "policy/names.json": pack]

  static func pack(_ rules: String...) -> String {
    #"{"format": 1, "name": "names", "version": "1", "rules": [\#(rules.joined(separator: ", "))]}"#
  }

  static func request(_ name: String) -> String {
    "{\"sourceModelArn\": \"\(Sample.arn)\", \"targetModelName\": \"\(name)\"}"
  }
}

extension ExternalTool {
  static let git = ExternalTool(program: "git")
  static let preCommit = ExternalTool(program: "pre-commit")
}
