import BedrockClient
import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One accepted model copy job.
public struct CopyJob: Sendable {
  /// What the request asked for.
  public let request: CopyParameters
  /// The account and Region of the caller, which own the job and the copy.
  public let owner: JobOwner
  /// The job's ARN.
  public let arn: ByteString
  /// The copy's ARN.
  public let targetModelArn: ByteString
  /// When it was accepted.
  public let creationTime: Date
  /// When it ends.
  let endTime: Date
  /// Why it fails; nil for a job that completes.
  let failureMessage: String?

  /// The state at a moment.
  func status(at now: Date) -> ModelCopyJobStatus {
    guard now >= endTime else { return .inProgress }
    return failureMessage == nil ? .completed : .failed
  }

  /// The account of the source model; a foundation model has none in its ARN, and then it is the caller's.
  var sourceAccount: ByteString { ARNPart.account.of(request.sourceModelArn) ?? owner.account }

  /// GetModelCopyJob's answer.
  func response(at now: Date) -> ServerResponse { .json(.ok) { write(to: &$0, at: now) } }

  /// The members of GetModelCopyJob's response and of ListModelCopyJobs' summaries, which are the same.
  func write(to writer: inout JSONWriter, at now: Date) {
    let status = status(at: now)
    writer.member("jobArn", arn)
    writer.member("status", status.rawValue)
    writer.member("creationTime", Timestamp.text(creationTime))
    writer.member("targetModelArn", targetModelArn)
    writer.member("targetModelName", request.targetModelName)
    writer.member("sourceAccountId", sourceAccount)
    writer.member("sourceModelArn", request.sourceModelArn)
    if let key = request.modelKmsKeyId { writer.member("targetModelKmsKeyArn", KeyARN.of(key, owner)) }
    if !request.tags.isEmpty {
      writer.key("targetModelTags")
      writer.array(request.tags) { writer, tag in
        writer.object {
          $0.member("key", tag.key)
          $0.member("value", tag.value)
        }
      }
    }
    if status == .failed { writer.member("failureMessage", ifPresent: failureMessage) }
  }
}
