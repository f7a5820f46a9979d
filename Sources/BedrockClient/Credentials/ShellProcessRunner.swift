import Dispatch
import Glibc

/// Runs commands by `/bin/sh -c`, with the environment of this process.
///
/// Standard input is empty. What the command writes to standard error is discarded: it is text of unknown origin, and
/// may hold secrets.
public struct ShellProcessRunner: ProcessRunner {
  /// A runner.
  public init() {}

  /// See ``ProcessRunner``.
  public func run(_ commandLine: String, limits: ProcessLimits) async throws(ProcessError) -> [UInt8] {
    let result = await withCheckedContinuation { continuation in
      // The thread waits for the process: not one of those that Swift's tasks share.
      DispatchQueue.global().async { continuation.resume(returning: Self.runBlocking(commandLine, limits)) }
    }
    return try result.get()
  }

  private static func runBlocking(_ commandLine: String, _ limits: ProcessLimits) -> Result<[UInt8], ProcessError> {
    do throws(ProcessError) {
      let process = try ChildProcess(shellCommand: commandLine)
      return .success(try process.output(limits))
    } catch {
      return .failure(error)
    }
  }
}
