import BedrockClient
import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Looks for the job that an unresolved intent may have started.
struct JobSearch {
  private let entry: JournalEntry
  private let values: CopyValues

  /// How far the clocks of this machine and of Bedrock may be apart, in seconds.
  private static let clockTolerance: Int64 = 600

  init(_ entry: JournalEntry, _ values: CopyValues) {
    self.entry = entry
    self.values = values
  }

  /// The first job since the intent that copies the same model to the same name with the same key and tags; nil where
  /// there is none.
  func jobArn(by client: ModelCopyClient) async throws(BedrockError) -> String? {
    var request = ListModelCopyJobsRequest()
    request.creationTimeAfter = Date(timeIntervalSince1970: Double(entry.createdAt - Self.clockTolerance))
    request.sourceModelArnEquals = entry.sourceModelArn
    request.targetModelNameContains = entry.targetModelName
    request.sortBy = .creationTime
    request.sortOrder = .ascending
    var jobs = client.modelCopyJobs(request).makeAsyncIterator()
    while let job = try await jobs.next() {
      if isMeant(job) { return job.jobArn }
    }
    return nil
  }

  private func isMeant(_ job: ModelCopyJob) -> Bool {
    guard job.status != .failed, job.targetModelName.map({ ByteString($0) }) == values.targetModelName else {
      return false
    }
    return hasKey(job.targetModelKmsKeyArn.map { ByteString($0) }) && hasTags(job.targetModelTags ?? [])
  }

  /// Bedrock answers with a key ARN, whatever named the key: only another key ARN is surely another key.
  private func hasKey(_ found: ByteString?) -> Bool {
    guard let asked = values.modelKmsKeyId else { return found == nil }
    guard let found, case let name = asked.displayString, name.utf8.starts(with: "arn:".utf8), name.contains(":key/")
    else { return true }
    return found == asked
  }

  private func hasTags(_ found: [BedrockClient.Tag]) -> Bool {
    let asked = Set((values.targetModelTags ?? []).map { [$0.key, $0.value] })
    return found.isEmpty || Set(found.map { [ByteString($0.key), ByteString($0.value)] }) == asked
  }
}
