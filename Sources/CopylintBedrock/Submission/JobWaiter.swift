import BedrockClient

/// Follows a job until it ends.
public struct JobWaiter: Sendable {
  /// How it ended.
  public enum End: Sendable {
    /// The target model is there.
    case completed(ModelCopyJob)
    /// The copy failed; the job says why.
    case failed(ModelCopyJob)
    /// It goes on, and the time is over.
    case timedOut
    /// Bedrock does not say any more.
    case lost(BedrockError)
  }

  private let client: ModelCopyClient
  private let time: any TimeSource
  private let timeout: Duration?

  /// Copies take minutes to hours: asked soon at first, then every 30 seconds.
  private static let longestPause = Duration.seconds(30)

  /// A waiter that gives up after `timeout`; nil waits as long as it takes.
  public init(client: ModelCopyClient, timeout: Duration? = nil, time: any TimeSource = SystemTimeSource()) {
    self.client = client
    self.timeout = timeout
    self.time = time
  }

  /// Waits for the job's end; tells its state and the time since the start each time it was asked.
  public func wait(
    for jobArn: String, onState: @Sendable (ModelCopyJobStatus, Duration) -> Void = { _, _ in }
  ) async -> End {
    let start = time.uptime
    var pause = Duration.seconds(1)
    while true {
      switch await state(jobArn) {
      case .success(let job):
        onState(job.status, time.uptime - start)
        if job.status == .completed { return .completed(job) }
        if job.status == .failed { return .failed(job) }
      case .failure(let error):
        guard Self.mayRecover(error) else { return .lost(error) }
      }
      let left = timeout.map { $0 - (time.uptime - start) }
      if let left, left <= .zero { return .timedOut }
      do {
        try await time.sleep(for: min(pause, left ?? pause))
      } catch {
        return .timedOut
      }
      pause = min(pause * 2, Self.longestPause)
    }
  }

  private func state(_ jobArn: String) async -> Result<ModelCopyJob, BedrockError> {
    do throws(BedrockError) {
      return .success(try await client.getModelCopyJob(jobArn: jobArn))
    } catch {
      return .failure(error)
    }
  }

  /// A job that was accepted may not be visible yet, and an outage is no end.
  private static func mayRecover(_ error: BedrockError) -> Bool {
    guard let service = error.serviceError else {
      if case .transport = error.cause { return true } else { return false }
    }
    return service.canRetry
  }
}
