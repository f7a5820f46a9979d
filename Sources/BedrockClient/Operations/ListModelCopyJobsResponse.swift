/// One page of jobs.
public struct ListModelCopyJobsResponse: Sendable, Decodable {
  /// Where the next page begins; nil on the last one.
  public var nextToken: String?
  /// The jobs; nil is none.
  public var modelCopyJobSummaries: [ModelCopyJob]?

  /// A page of these members.
  public init(nextToken: String? = nil, modelCopyJobSummaries: [ModelCopyJob]? = nil) {
    self.nextToken = nextToken
    self.modelCopyJobSummaries = modelCopyJobSummaries
  }
}
