/// The pages of ListModelCopyJobs, each asked for when it is wanted.
///
/// A token that comes a second time ends the sequence with `BedrockError.Cause.repeatedPageToken`: it would go round
/// for ever.
public struct ModelCopyJobPages: AsyncSequence, Sendable {
  let client: ModelCopyClient
  let request: ListModelCopyJobsRequest

  /// An iterator that begins at the request's own token.
  public func makeAsyncIterator() -> Iterator { Iterator(client: client, request: request) }

  /// Asks for one page after the other.
  public struct Iterator: AsyncIteratorProtocol {
    private let client: ModelCopyClient
    private var request: ListModelCopyJobsRequest?
    private var seen: Set<[UInt8]> = []

    init(client: ModelCopyClient, request: ListModelCopyJobsRequest) {
      self.client = client
      self.request = request
    }

    /// The next page, or nil after the last.
    public mutating func next() async throws(BedrockError) -> ListModelCopyJobsResponse? {
      guard var following = request else { return nil }
      request = nil
      let page = try await client.listModelCopyJobs(following)
      guard let token = page.nextToken, !token.isEmpty else { return page }
      guard seen.insert(Array(token.utf8)).inserted else {
        throw BedrockError(.repeatedPageToken, attempts: 1, effect: .none)
      }
      following.nextToken = token
      request = following
      return page
    }
  }
}

/// The jobs of all pages, one after the other.
public struct ModelCopyJobs: AsyncSequence, Sendable {
  let pages: ModelCopyJobPages

  /// An iterator over all jobs.
  public func makeAsyncIterator() -> Iterator { Iterator(pages: pages.makeAsyncIterator()) }

  /// Gives the jobs of a page, then asks for the next page.
  public struct Iterator: AsyncIteratorProtocol {
    private var pages: ModelCopyJobPages.Iterator
    private var jobs: ArraySlice<ModelCopyJob> = []

    init(pages: ModelCopyJobPages.Iterator) { self.pages = pages }

    /// The next job, or nil after the last.
    public mutating func next() async throws(BedrockError) -> ModelCopyJob? {
      while jobs.isEmpty {
        guard let page = try await pages.next() else { return nil }
        jobs = (page.modelCopyJobSummaries ?? [])[...]
      }
      return jobs.removeFirst()
    }
  }
}
