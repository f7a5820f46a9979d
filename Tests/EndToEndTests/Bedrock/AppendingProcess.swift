import Foundation

/// A process that appends decisions as fast as it can, and says which of them are on disk.
final class AppendingProcess {
  private static let program = URL(fileURLWithPath: Program.path).deletingLastPathComponent()
    .appendingPathComponent("decision-log-benchmark").path
  private let process = Process()
  private let pipe = Pipe()
  private var output = Data()

  /// `limit` is the largest file it may write, in KiB.
  init(_ log: String, lines: Int, fileBytes: Int = 1 << 30, limit: Int? = nil) throws {
    let limits = limit.map { "trap '' XFSZ; ulimit -f \($0); " } ?? ""
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "-c", limits + #"exec "$0" "$@""#, Self.program, log, "--lines", String(lines), "--appenders", "16",
      "--file-bytes", String(fileBytes), "--echo",
    ]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  /// Reads until so many are on disk, or it ended.
  func wait(for count: Int) {
    while confirmed.count < count {
      let more = pipe.fileHandleForReading.availableData
      if more.isEmpty { return }
      output += more
    }
  }

  /// Ends it without a chance to do anything more.
  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// Its exit code, when it ended.
  func end() -> Int32 {
    output += pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// The ids of the decisions that it was told are on disk.
  var confirmed: [Substring] {
    String(decoding: output, as: UTF8.self).split(separator: "\n").filter { !$0.contains(" ") }
  }
}
