import BedrockClient
import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// ListModelCopyJobs: filters, order and pages.
struct ListOperation {
  private let filter: Filter
  private let isAscending: Bool
  private let pageSize: Int
  /// The place of the last job of the page before.
  private let last: Int?

  /// What a job must be to be listed; nil members do not matter.
  private struct Filter {
    var after: Date?
    var before: Date?
    var status: ModelCopyJobStatus?
    var sourceAccount: ByteString?
    var sourceModel: ByteString?
    var nameContains: ByteString?

    func matches(_ job: CopyJob, at now: Date) -> Bool {
      if let after, job.creationTime <= after { return false }
      if let before, job.creationTime >= before { return false }
      if let status, job.status(at: now) != status { return false }
      if let sourceAccount, job.sourceAccount != sourceAccount { return false }
      if let sourceModel, job.request.sourceModelArn != sourceModel { return false }
      if let nameContains, !job.request.targetModelName.contains(nameContains) { return false }
      return true
    }
  }

  /// Reads the query by the names that the API's model gives the members on the wire; without `maxResults` a page
  /// is 100 jobs, and the newest come first.
  init(_ target: RequestTarget) throws(ServiceError) {
    let fields = try QueryFields(target)
    filter = Filter(
      after: try fields.value("creationTimeAfter") { Timestamp.date($0) },
      before: try fields.value("creationTimeBefore") { Timestamp.date($0) },
      status: try fields.value("statusEquals") { Self.statuses[$0] },
      sourceAccount: fields["sourceAccountEquals"], sourceModel: fields["sourceModelArnEquals"],
      nameContains: fields["outputModelNameContains"])
    _ = try fields.value("sortBy") { $0 == "CreationTime" ? true : nil }
    isAscending = try fields.value("sortOrder") { Self.orders[$0] } ?? false
    pageSize =
      try fields.value("maxResults") { Int($0.displayString).flatMap { Self.pageSizes.contains($0) ? $0 : nil } } ?? 100
    last = try fields.value("nextToken") { PageToken.place($0) }
  }

  private static let orders: [ByteString: Bool] = ["Ascending": true, "Descending": false]
  private static let statuses = Dictionary(
    uniqueKeysWithValues: ModelCopyJobStatus.allCases.map { (ByteString($0.rawValue), $0) })
  private static let pageSizes = 1...1000

  func respond(_ store: CopyJobStore, _ owner: JobOwner, at now: Date) -> ServerResponse {
    let jobs = store.jobs
    let places = isAscending ? Array(jobs.indices) : jobs.indices.reversed()
    let rest = places.lazy.filter { place in
      last.map { isAscending ? place > $0 : place < $0 } ?? true
        && jobs[place].owner == owner && filter.matches(jobs[place], at: now)
    }
    let page = rest.prefix(pageSize + 1)
    let shown = Array(page.prefix(pageSize))
    return .json(.ok) { writer in
      if page.count > pageSize, let last = shown.last { writer.member("nextToken", PageToken.text(last)) }
      writer.key("modelCopyJobSummaries")
      writer.array(shown) { writer, place in writer.object { jobs[place].write(to: &$0, at: now) } }
    }
  }
}

/// Where a page ends, as the text that a client hands back: jobs that were begun in between move nothing.
private enum PageToken {
  private static let prefix: ByteString = "after-"

  static func text(_ place: Int) -> String { prefix.displayString + String(place) }

  static func place(_ token: ByteString) -> Int? {
    guard token.starts(with: prefix) else { return nil }
    return Int(ByteString(token.bytes.dropFirst(prefix.count)).displayString).flatMap { $0 >= 0 ? $0 : nil }
  }
}
