#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Keeps the credentials of a source, and asks it anew before they expire.
///
/// The windows are botocore's: in the last 15 minutes a refresh is tried, and its failure is no error yet; in the last
/// 10 it must succeed. However many ask at once, the source is asked once.
actor RefreshingCredentials: CredentialsProvider {
  private let source: any CredentialsSource
  private let time: any TimeSource
  /// Whether the source may go on giving expired credentials that still work, as the instance metadata service does
  /// while the service behind it is out of order.
  private let takesExpired: Bool

  private var current: AWSCredentials?
  private var refresh: Task<Result<AWSCredentials, CredentialsError>, Never>?
  private var quietUntil: Date?

  private static let advisoryWindow = 15.0 * 60
  private static let mandatoryWindow = 10.0 * 60
  private static let quietPeriod = 5.0 * 60

  init(_ source: any CredentialsSource, time: any TimeSource, takesExpired: Bool = false) {
    self.source = source
    self.time = time
    self.takesExpired = takesExpired
  }

  func credentials() async throws(CredentialsError) -> AWSCredentials {
    guard let current else { return try await refreshed() }
    let remaining = current.expiration?.timeIntervalSince(time.date) ?? .infinity
    if remaining >= Self.advisoryWindow || isQuiet { return current }
    do throws(CredentialsError) {
      return try await refreshed()
    } catch {
      guard remaining >= Self.mandatoryWindow else { throw error }
      return current
    }
  }

  private var isQuiet: Bool { quietUntil.map { time.date < $0 } ?? false }

  private func refreshed() async throws(CredentialsError) -> AWSCredentials {
    let task = refresh ?? start()
    let result = await task.value
    if refresh == task { refresh = nil }
    let credentials = try result.get()
    try keep(credentials)
    return credentials
  }

  private func start() -> Task<Result<AWSCredentials, CredentialsError>, Never> {
    let task = Task { [source] () -> Result<AWSCredentials, CredentialsError> in
      do throws(CredentialsError) { return .success(try await source.fetch()) } catch { return .failure(error) }
    }
    refresh = task
    return task
  }

  private func keep(_ credentials: AWSCredentials) throws(CredentialsError) {
    if let expiration = credentials.expiration, expiration <= time.date {
      guard takesExpired else {
        throw source.failure(.refused, "the credentials have expired", help: "renew them where they come from")
      }
    }
    if takesExpired { quietUntil = time.date.addingTimeInterval(Self.quietPeriod) }
    current = credentials
  }
}
