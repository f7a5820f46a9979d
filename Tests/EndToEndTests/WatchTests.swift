import Foundation
import Testing

/// `--watch` in a pipe, with real changes and a real interruption.
@Suite struct WatchTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(.timeLimit(.minutes(1))) func aChangeIsJudgedAndAnInterruptionEndsItWithTheLastCode() throws {
    try scratch.write(Sample.good, to: "copies/a.json")
    let watch = try Watch(["check", "--watch", "copies", "--output-format", "concise"], in: scratch.folder)
    #expect(try watch.nextReport().contains("1 request: 1 compliant"))
    try scratch.write(Sample.denied, to: "copies/new/b.json")
    var report = try watch.nextReport()
    // The new directory may be seen before the file in it.
    if !report.contains("2 requests") { report = try watch.nextReport() }
    #expect(report.contains("2 requests: 1 compliant, 1 denied"))
    #expect(!report.contains("\u{1B}"))
    // As editors save: a new file in the place of the old one.
    try Data(Sample.good.utf8).write(to: scratch.folder.appendingPathComponent("copies/new/b.json"), options: .atomic)
    #expect(try watch.nextReport().contains("2 requests: 2 compliant"))
    try scratch.write("{", to: "copies/a.json")
    #expect(try watch.nextReport().contains("1 unreadable"))
    #expect(watch.interrupt() == 2)
  }

  @Test(arguments: [
    ["check", "--watch", "-"], ["check", "--watch", "--fix"], ["check", "--watch", "--staged"],
    ["check", "--watch", "--write-baseline", "b.json"], ["check", "--watch", "--output", "sarif=a.sarif"],
  ])
  func whatMakesNoSenseIsRefused(_ arguments: [String]) throws {
    let result = try Program.run(arguments, in: scratch.folder)
    #expect(result.code == 2)
    #expect(result.errors.contains("--watch"))
  }
}

/// A running watch.
private final class Watch {
  private let process = Process()
  private let pipe = Pipe()
  private var unread = ""

  init(_ arguments: [String], in folder: URL) throws {
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
  }

  deinit { if process.isRunning { process.terminate() } }

  /// What it writes until it waits again.
  func nextReport() throws -> String {
    struct Ended: Error {}
    let end = "until interrupted\n"
    while !unread.contains(end) {
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { throw Ended() }
      unread += String(decoding: data, as: UTF8.self)
    }
    let parts = unread.components(separatedBy: end)
    unread = parts.dropFirst().joined(separator: end)
    return parts[0]
  }

  /// Its exit code after SIGINT.
  func interrupt() -> Int32 {
    process.interrupt()
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }
}
