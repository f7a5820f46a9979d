#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Names for decisions and tokens that nobody can guess or repeat.
enum RandomID {
  /// A UUID of version 4, in lower case.
  @Sendable static func draw() -> String { UUID().uuidString.lowercased() }
}
