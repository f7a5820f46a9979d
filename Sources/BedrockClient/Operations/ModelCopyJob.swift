#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A model copy job: what GetModelCopyJob answers with, and a member of what ListModelCopyJobs does. The two shapes of
/// the API (GetModelCopyJobResponse, ModelCopyJobSummary) have the same members.
public struct ModelCopyJob: Sendable, Decodable {
  /// The ARN of the job, `arn:…:model-copy-job/…`.
  public var jobArn: String
  /// The state.
  public var status: ModelCopyJobStatus
  /// When it was created.
  public var creationTime: Date
  /// The ARN of the copy.
  public var targetModelArn: String
  /// The name of the copy.
  public var targetModelName: String?
  /// The 12 digits of the account that the source model belongs to.
  public var sourceAccountId: String
  /// The ARN of the source model.
  public var sourceModelArn: String
  /// The name of the source model.
  public var sourceModelName: String?
  /// The ARN of the KMS key that encrypts the copy.
  public var targetModelKmsKeyArn: String?
  /// The tags of the copy.
  public var targetModelTags: [Tag]?
  /// Why the job failed.
  public var failureMessage: String?

  private enum CodingKeys: String, CodingKey {
    case jobArn, status, creationTime, targetModelArn, targetModelName, sourceAccountId, sourceModelArn, sourceModelName
    case targetModelKmsKeyArn, targetModelTags, failureMessage
  }

  /// Reads a job. Throws `DecodingError` where a required member is missing or of the wrong type.
  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    jobArn = try members.decode(String.self, forKey: .jobArn)
    status = ModelCopyJobStatus(rawValue: try members.decode(String.self, forKey: .status))
    creationTime = try members.decode(APITimestamp.self, forKey: .creationTime).date
    targetModelArn = try members.decode(String.self, forKey: .targetModelArn)
    targetModelName = try members.decodeIfPresent(String.self, forKey: .targetModelName)
    sourceAccountId = try members.decode(String.self, forKey: .sourceAccountId)
    sourceModelArn = try members.decode(String.self, forKey: .sourceModelArn)
    sourceModelName = try members.decodeIfPresent(String.self, forKey: .sourceModelName)
    targetModelKmsKeyArn = try members.decodeIfPresent(String.self, forKey: .targetModelKmsKeyArn)
    targetModelTags = try members.decodeIfPresent([Tag].self, forKey: .targetModelTags)
    failureMessage = try members.decodeIfPresent(String.self, forKey: .failureMessage)
  }
}
