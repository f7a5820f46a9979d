import Foundation

/// `copylint gateway` as a process of its own.
final class RunningGateway {
  let process = Process()
  private let scratch: Scratch
  private let log: URL

  /// Starts one in a folder; `prefix` is a shell command that runs before it in the same process.
  init(
    _ arguments: [String], in scratch: Scratch, environment: [String: String], prefix: String = ":"
  ) throws {
    self.scratch = scratch
    log = scratch.folder.appendingPathComponent("gateway-\(UUID().uuidString).log")
    try Data().write(to: log)
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments =
      ["-c", "\(prefix); exec \"$0\" gateway \"$@\"", Program.path] + arguments + [
        "--journal", "\(scratch.folder.path)/state/journal.sqlite",
        "--decision-log", "\(scratch.folder.path)/state/decisions.jsonl",
      ]
    process.currentDirectoryURL = scratch.folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: scratch.file("gateway.out"))
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    try waitFor("listening")
  }

  deinit {
    if process.isRunning { process.terminate() }
  }

  /// The lines of its log.
  var lines: [[String: Any]] {
    let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
    }
  }

  var port: Int {
    let listening = lines.first { $0["message"] as? String == "listening" }
    return Int((listening?["metadata"] as? [String: Any])?["port"] as? String ?? "") ?? 0
  }

  /// What it printed for a program to paste.
  var session: String {
    (try? String(contentsOf: scratch.folder.appendingPathComponent("gateway.out"), encoding: .utf8)) ?? ""
  }

  /// The messages of its log.
  var messages: [String] { lines.compactMap { $0["message"] as? String } }

  /// Returns once a message has come so many times, or the process has ended.
  func waitFor(_ message: String, times: Int = 1) throws {
    while messages.count(where: { $0 == message }) < times {
      guard process.isRunning else { throw Ended(log: (try? String(contentsOf: log, encoding: .utf8)) ?? "") }
      usleep(2000)
    }
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Asks it to stop; its exit code.
  func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  struct Ended: Error {
    var log: String
  }
}

extension Scratch {
  /// An empty file.
  func file(_ name: String) throws -> URL {
    let url = folder.appendingPathComponent(name)
    try Data().write(to: url)
    return url
  }
}
