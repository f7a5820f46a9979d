/// Runs the command of `credential_process`.
public protocol ProcessRunner: Sendable {
  /// Runs a command line by the shell, as the SDKs do, and returns what it wrote to its standard output.
  ///
  /// Ends it, and every process that it started in its group, when one of the limits is reached.
  func run(_ commandLine: String, limits: ProcessLimits) async throws(ProcessError) -> [UInt8]
}

/// The bounds of a run.
public struct ProcessLimits: Sendable, Equatable {
  /// How long it may take.
  public var timeout: Duration
  /// The most bytes of standard output.
  public var maximumOutputSize: Int

  /// These bounds. The defaults are those of the SDKs for Go and Java: 1 minute, 64 KiB.
  public init(timeout: Duration = .seconds(60), maximumOutputSize: Int = 64 << 10) {
    self.timeout = timeout
    self.maximumOutputSize = maximumOutputSize
  }
}

/// Why a process gave nothing. It holds nothing of what the process wrote.
public enum ProcessError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It could not be started, with the system's reason.
  case notStarted(reason: String)
  /// It ended with this status.
  case failed(status: Int32)
  /// A signal ended it.
  case killed(signal: Int32)
  /// It took longer than allowed.
  case timedOut(limit: Duration)
  /// It wrote more than allowed, in bytes.
  case outputTooLarge(limit: Int)

  /// What happened, to stand after "the process".
  public var description: String {
    switch self {
    case .notStarted(let reason): "could not be started: \(reason)"
    case .failed(let status): "ended with status \(status)"
    case .killed(let signal): "was ended by signal \(signal)"
    case .timedOut(let limit): "took longer than \(limit.components.seconds) s"
    case .outputTooLarge(let limit): "wrote more than \(limit) bytes"
    }
  }
}
