/// The state of a model copy job (Amazon Bedrock API Reference, GetModelCopyJob, `status`).
public enum ModelCopyJobStatus: Sendable, Hashable {
  /// The copy is being made.
  case inProgress
  /// The target model is there.
  case completed
  /// The copy failed; `failureMessage` says why.
  case failed
  /// A state that this version does not know.
  case unrecognized(String)

  /// Whether the job will not change any more. Of an unknown state that cannot be said.
  public var isFinal: Bool { self == .completed || self == .failed }
}

extension ModelCopyJobStatus: CaseIterable {
  /// The states of the API.
  public static var allCases: [ModelCopyJobStatus] { [.inProgress, .completed, .failed] }
}

extension ModelCopyJobStatus: RawRepresentable {
  /// The state of that name.
  public init(rawValue: String) {
    self = ModelCopyJobStatus.allCases.first { ASCII.same($0.rawValue, rawValue) } ?? .unrecognized(rawValue)
  }

  /// The name on the wire.
  public var rawValue: String {
    switch self {
    case .inProgress: "InProgress"
    case .completed: "Completed"
    case .failed: "Failed"
    case .unrecognized(let name): name
    }
  }
}
