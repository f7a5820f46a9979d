import BedrockClient
import Synchronization

/// The credentials of a run: its gate signs with them, hands them to the command, and knows by them who calls.
package final class RunCredentials: Sendable {
  private let source: any CredentialsProvider
  private let time: any TimeSource
  /// What was handed out and may still be in use, the newest last.
  private let handedOut = Mutex<[AWSCredentials]>([])

  /// The credentials of a source that refreshes them before they expire.
  package init(_ source: any CredentialsProvider, time: any TimeSource = SystemTimeSource()) {
    self.source = source
    self.time = time
  }

  /// Credentials that are valid now, and known from now on.
  package func current() async throws(CredentialsError) -> AWSCredentials {
    let credentials = try await source.credentials()
    let now = time.date
    handedOut.withLock { all in
      // The newest stays even where it has expired: a source may vouch for such credentials.
      all = all.filter { $0.expiration.map { $0 > now } ?? true && !Self.same($0, credentials) } + [credentials]
    }
    return credentials
  }

  /// Every set of keys that was handed out and has not expired since: across a refresh, callers use the previous one
  /// for a while.
  package var known: [AWSCredentials] { handedOut.withLock { $0 } }

  /// The newest known set of this key id, or nil.
  package func known(accessKeyID: String) -> AWSCredentials? {
    known.last { $0.accessKeyID.utf8.elementsEqual(accessKeyID.utf8) }
  }

  private static func same(_ left: AWSCredentials, _ right: AWSCredentials) -> Bool {
    left.accessKeyID.utf8.elementsEqual(right.accessKeyID.utf8)
      && (left.sessionToken ?? "").utf8.elementsEqual((right.sessionToken ?? "").utf8)
  }
}
