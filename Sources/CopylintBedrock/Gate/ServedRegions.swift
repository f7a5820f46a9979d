import BedrockClient
import Copylint
import Synchronization

/// The Regions that calls may go to.
///
/// A Region goes by its own name alone: rules read the name, and the call goes to what it stands for.
final class ServedRegions: Sendable {
  /// The names of all of them; nil for every one that has the form of a Region's name.
  let only: Set<String>?
  /// Names that were looked at and are served: calls name the same few again and again.
  private let known = Mutex<Set<ByteString>>([])

  /// How many names are kept. Callers with keys name them, and can make up more.
  private static let limit = 64

  init(only: Set<String>?) { self.only = only }

  /// How many are kept now.
  var knownCount: Int { known.withLock { $0.count } }

  /// Whether it is the name of one.
  func serves(_ name: String) -> Bool {
    let bytes = ByteString(name)
    if known.withLock({ $0.contains(bytes) }) { return true }
    guard TargetForm.isRegionName(bytes), (try? Region(own: name)) != nil, only?.contains(name) ?? true else {
      return false
    }
    known.withLock { known in
      if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
      known.insert(bytes)
    }
    return true
  }
}
