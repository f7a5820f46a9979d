#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What ListModelCopyJobs takes; every member is optional.
///
/// Constraints are those of the Amazon Bedrock API Reference, ListModelCopyJobs; Bedrock enforces them.
public struct ListModelCopyJobsRequest: Sendable {
  /// Jobs created after this time.
  public var creationTimeAfter: Date?
  /// Jobs created before this time.
  public var creationTimeBefore: Date?
  /// Jobs in this state.
  public var statusEquals: ModelCopyJobStatus?
  /// Jobs whose source model belongs to this account, 12 digits.
  public var sourceAccountEquals: String?
  /// Jobs that copy this model.
  public var sourceModelArnEquals: String?
  /// Jobs whose target's name contains this text; travels as `outputModelNameContains`.
  public var targetModelNameContains: String?
  /// How many jobs a page has at most, 1 to 1000.
  public var maxResults: Int?
  /// Where the page begins: the token of the page before.
  public var nextToken: String?
  /// What the jobs are sorted by.
  public var sortBy: SortJobsBy?
  /// In which order.
  public var sortOrder: SortOrder?

  /// A request for all jobs; set what narrows it.
  public init() {}

  /// The query, members in the order of the API's model.
  var query: String {
    let items: [(String, String?)] = [
      ("creationTimeAfter", creationTimeAfter.map { APITimestamp($0).text }),
      ("creationTimeBefore", creationTimeBefore.map { APITimestamp($0).text }),
      ("statusEquals", statusEquals?.rawValue), ("sourceAccountEquals", sourceAccountEquals),
      ("sourceModelArnEquals", sourceModelArnEquals), ("outputModelNameContains", targetModelNameContains),
      ("maxResults", maxResults.map(String.init)), ("nextToken", nextToken), ("sortBy", sortBy?.rawValue),
      ("sortOrder", sortOrder?.rawValue),
    ]
    return PercentEncoding.query(items.compactMap { name, value in value.map { (name, $0) } })
  }
}

/// What model copy jobs can be sorted by.
public enum SortJobsBy: String, Sendable, CaseIterable {
  /// The time of creation.
  case creationTime = "CreationTime"
}

/// An order.
public enum SortOrder: String, Sendable, CaseIterable {
  /// The smallest first.
  case ascending = "Ascending"
  /// The largest first.
  case descending = "Descending"
}
