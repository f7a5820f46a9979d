import Foundation

/// `copylint sandbox` as a process of its own.
final class RunningSandbox {
  let process = Process()
  /// What it printed for a shell to evaluate.
  let shellLines: String
  /// The variables of those lines that are set.
  let environment: [String: String]
  private let scratch: Scratch

  init(_ arguments: [String] = []) throws {
    scratch = try Scratch()
    let pipe = Pipe()
    let log = scratch.folder.appendingPathComponent("log")
    try Data().write(to: log)
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["sandbox"] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    var output = Data()
    // The secret is the last line, and without a line the process has ended.
    while !String(decoding: output, as: UTF8.self).contains(/AWS_SECRET_ACCESS_KEY=.*\n/) {
      let more = pipe.fileHandleForReading.availableData
      if more.isEmpty { break }
      output += more
    }
    shellLines = String(decoding: output, as: UTF8.self)
    let pairs = shellLines.matches(of: /export (\w+)='([^']*)'\n/).map { (String($0.1), String($0.2)) }
    environment = Dictionary(uniqueKeysWithValues: pairs).merging(Self.clean) { $1 }
  }

  /// Keeps the SDKs to this sandbox, whatever the machine's owner has configured.
  private static let clean = [
    "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_MAX_ATTEMPTS": "3", "AWS_RETRY_MODE": "standard", "AWS_PAGER": "", "NO_PROXY": "127.0.0.1",
    "AWS_SESSION_TOKEN": "",
  ]

  /// One line a request.
  var log: String {
    (try? String(contentsOf: scratch.folder.appendingPathComponent("log"), encoding: .utf8)) ?? ""
  }

  /// Runs a program against it.
  func run(_ program: String, _ arguments: [String], environment more: [String: String] = [:]) throws -> Program.Result
  {
    try Program.execute(
      "/usr/bin/env", ["-u", "AWS_PROFILE", program] + arguments, in: scratch.folder,
      environment: environment.merging(more) { $1 })
  }

  /// Asks it to stop; its exit code.
  func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  deinit {
    if process.isRunning { process.terminate() }
  }
}
