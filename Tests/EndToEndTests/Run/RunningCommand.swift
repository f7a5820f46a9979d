import Foundation

/// `copylint run` with a command that goes on, whose lines are read as they come.
final class RunningCommand {
  let process = Process()
  private let output = Pipe()
  private var text = ""

  init(_ home: RunHome, _ command: [String]) throws {
    let arguments = home.arguments(command)
    process.executableURL = URL(fileURLWithPath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    process.currentDirectoryURL = home.scratch.folder
    process.environment = ProcessInfo.processInfo.environment.merging(home.environment()) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    // The threads of tests have signals blocked, and what they start inherits that.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
  }

  /// The next line; nil where the output has ended.
  func line() -> String? {
    while !text.utf8.contains(0x0A) {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      text += String(decoding: more, as: UTF8.self)
    }
    let line = text.prefix { $0 != "\n" }
    text.removeFirst(line.count + 1)
    return String(line)
  }

  /// Sends a signal to `copylint` alone.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// The exit code, once it has ended.
  func end() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  deinit {
    if process.isRunning { process.terminate() }
  }
}
