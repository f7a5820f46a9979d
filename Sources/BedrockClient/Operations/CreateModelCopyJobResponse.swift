/// What CreateModelCopyJob answers with, at HTTP 201.
public struct CreateModelCopyJobResponse: Sendable, Hashable, Decodable {
  /// The ARN of the job.
  public var jobArn: String

  /// The answer about this job.
  public init(jobArn: String) { self.jobArn = jobArn }
}
