import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The jobs of a sandbox. A value: what happens at a moment depends on the calls before and the moment alone.
struct CopyJobStore {
  private(set) var jobs: [CopyJob] = []
  private var indexByARN: [ByteString: Int] = [:]
  private var indexByToken: [TokenKey: Int] = [:]
  private var ids: ResourceIDs

  private struct TokenKey: Hashable {
    var owner: JobOwner
    var token: ByteString
  }

  init(seed: UInt64) { ids = ResourceIDs(seed: seed) }

  /// How a job goes once it is accepted.
  struct Course {
    var duration: Duration
    var failureMessage: String?
  }

  /// The job that a token has begun already.
  func job(token: ByteString, of owner: JobOwner) -> CopyJob? {
    indexByToken[TokenKey(owner: owner, token: token)].map { jobs[$0] }
  }

  /// The job with this ARN; others' jobs do not exist for a caller.
  func job(arn: ByteString, of owner: JobOwner) -> CopyJob? {
    indexByARN[arn].map { jobs[$0] }.flatMap { $0.owner == owner ? $0 : nil }
  }

  /// Begins a job.
  mutating func add(_ request: CopyParameters, of owner: JobOwner, at now: Date, _ course: Course) -> CopyJob {
    let job = CopyJob(
      request: request, owner: owner, arn: owner.arn("bedrock", ByteString("model-copy-job/".utf8 + ids.next().bytes)),
      targetModelArn: targetModelArn(of: request, owner), creationTime: now,
      endTime: now.addingTimeInterval(course.duration / .seconds(1)), failureMessage: course.failureMessage)
    indexByARN[job.arn] = jobs.count
    if let token = request.clientRequestToken { indexByToken[TokenKey(owner: owner, token: token)] = jobs.count }
    jobs.append(job)
    return job
  }

  /// The copy is a custom model of the same base under a new id.
  mutating func targetModelArn(of request: CopyParameters, _ owner: JobOwner) -> ByteString {
    let resource = ARNPart.resource.of(request.sourceModelArn) ?? "custom-model/imported"
    let parts = resource.bytes.split(separator: UInt8(ascii: "/"))
    let base = parts.count > 1 ? Array(parts[1]) : Array("imported".utf8)
    return owner.arn("bedrock", ByteString("custom-model/".utf8 + base + [UInt8(ascii: "/")] + ids.next().bytes))
  }
}
