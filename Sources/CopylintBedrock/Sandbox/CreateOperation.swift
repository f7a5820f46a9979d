import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// CreateModelCopyJob: what the API demands of a request, then what the service does with it.
struct CreateOperation {
  let owner: JobOwner
  let now: Date
  let options: SandboxOptions

  /// The answer: 201 with the job's ARN, or an error.
  func respond(_ body: [UInt8], _ rules: inout PolicyLinter, _ store: inout CopyJobStore) -> ServerResponse {
    do throws(ServiceError) {
      let request = try parameters(body, &rules)
      if request.tags.count > Self.tagLimit { throw tooManyTags(request, &store) }
      let job = try earlier(request, store) ?? store.add(request, of: owner, at: now, course(request))
      return .json(.created) { $0.member("jobArn", job.arn) }
    } catch {
      return error.response
    }
  }

  /// How many tags a resource may have, whatever the model of the API lets through.
  private static let tagLimit = 50

  /// Rules of the `bedrock-api` pack whose breach the service answers later, and otherwise.
  private static let tagLimitRule = "bedrock-api/tag-limit"

  private func parameters(_ body: [UInt8], _ rules: inout PolicyLinter) throws(ServiceError) -> CopyParameters {
    let document: Document
    do {
      document = try Document(JSONText(SourceFile(path: "body", bytes: body)))
    } catch {
      throw ServiceError(.badRequest, "SerializationException", error.message)
    }
    guard document.root.kind == .object else {
      throw ServiceError(.badRequest, "SerializationException", "the body is no JSON object")
    }
    // The linter would take the envelope of a file for what it stands around.
    guard document.root["request"] == nil, document.root["target"] == nil else {
      throw .validation("1 validation error detected: the body is the request itself, without an envelope")
    }
    let report = rules.judge(body, path: "body", region: owner.region.displayString)
    let faults = report.findings.filter { $0.severity == .error && $0.rule != Self.tagLimitRule }
    guard faults.isEmpty, let request = CopyParameters(document.root) else { throw Self.invalid(faults) }
    return request
  }

  private static func invalid(_ faults: [Finding]) -> ServiceError {
    let count = faults.count == 1 ? "1 validation error" : "\(faults.count) validation errors"
    let list = faults.map { "\($0.message) at '\($0.pointer.description.displayString)' (\($0.rule))" }.joined(
      separator: "; ")
    return .validation("\(count) detected: \(list)")
  }

  private func tooManyTags(_ request: CopyParameters, _ store: inout CopyJobStore) -> ServiceError {
    ServiceError(
      .badRequest, "TooManyTagsException", "The request has \(request.tags.count) tags, the limit is \(Self.tagLimit)",
      resourceName: store.targetModelArn(of: request, owner))
  }

  private func earlier(_ request: CopyParameters, _ store: CopyJobStore) throws(ServiceError) -> CopyJob? {
    guard let token = request.clientRequestToken, let job = store.job(token: token, of: owner) else { return nil }
    guard job.request == request || options.tokenReuse == .ignored else {
      throw ServiceError(
        .badRequest, "ConflictException", "The client request token was used before with other parameters")
    }
    return job
  }

  private func course(_ request: CopyParameters) -> CopyJobStore.Course {
    let fails = options.failingNames.contains { request.targetModelName.contains($0) }
    return CopyJobStore.Course(
      duration: options.jobDuration, failureMessage: fails ? "The sandbox was told to let this job fail" : nil)
  }
}

extension ByteString {
  /// Whether the bytes stand in the value somewhere.
  func contains(_ other: ByteString) -> Bool {
    guard !other.isEmpty else { return true }
    guard count >= other.count else { return false }
    return (0...count - other.count).contains { bytes[$0...].starts(with: other.bytes) }
  }
}
