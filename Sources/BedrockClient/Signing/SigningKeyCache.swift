import Synchronization

/// Derived keys that are used again: a key is the same for a day, and deriving it takes four HMACs.
///
/// INVARIANT: a key is found by all that it is derived from, the secret access key among it, and by nothing else. So no
/// key id, and no file of keys that is read anew, can lead to the key of another secret, day, Region or service.
package final class SigningKeyCache: Sendable {
  fileprivate struct Identity: Hashable {
    /// Bytes, for Swift takes texts for equal that are not the same bytes.
    private let bytes: [UInt8]

    init(_ secretAccessKey: String, _ scope: CredentialScope) {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(128)
      for part in [scope.day, scope.region, scope.service, secretAccessKey] {
        // The lengths keep the parts apart, whatever bytes they hold.
        withUnsafeBytes(of: part.utf8.count) { bytes += $0 }
        bytes += part.utf8
      }
      self.bytes = bytes
    }
  }

  private let limit: Int
  private let keys = Mutex<[Identity: SigningKey]>([:])

  /// A cache of at most so many keys, at least one.
  package init(limit: Int = 256) { self.limit = max(1, limit) }

  /// How many keys are kept.
  package var count: Int { keys.withLock { $0.count } }

  /// The key of a secret for a scope, derived where it is not kept.
  func key(secretAccessKey: String, scope: CredentialScope) -> Lookup {
    let identity = Identity(secretAccessKey, scope)
    if let known = keys.withLock({ $0[identity] }) { return Lookup(key: known, cache: self, identity: nil) }
    return Lookup(
      key: SigningKey(secretAccessKey: secretAccessKey, scope: scope), cache: self, identity: identity)
  }

  /// A key, and the place to keep it. Only a key whose signature held is kept: who cannot sign must not decide what is.
  struct Lookup {
    let key: SigningKey
    fileprivate let cache: SigningKeyCache
    /// Nil for a key that is kept.
    fileprivate let identity: Identity?

    /// Keeps the key.
    func keep() {
      guard let identity else { return }
      cache.keys.withLock { keys in
        // All of them are of other days sooner or later. Which one goes makes no difference to what is signed.
        if keys.count >= cache.limit { keys.removeAll(keepingCapacity: true) }
        keys[identity] = key
      }
    }
  }
}
