/// The state of a model copy job (Amazon Bedrock API Reference, GetModelCopyJob, `status`).
public enum ModelCopyJobStatus: String, CaseIterable, Sendable {
  /// The copy is being made.
  case inProgress = "InProgress"
  /// The target model is there.
  case completed = "Completed"
  /// The copy failed; `failureMessage` says why.
  case failed = "Failed"

  /// Whether the job will not change any more.
  public var isFinal: Bool { self != .inProgress }
}
