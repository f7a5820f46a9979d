#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The decision log of a gate, from which the journal gets back what it lost when the machine stopped: the line of a
/// decision is on disk before its call leaves, and holds all that the journal's intent does.
struct RecoveryLog: Sendable, Hashable {
  /// Absolute.
  var path: String
  /// The gate's lines in it.
  var chain: String
  /// How many of them are on disk at least. What those before say is in the journal, so that a log that begins with the
  /// one after them lacks nothing.
  var lines: Int

  /// What a line must not mask.
  static let fields: Set<MaskedField> = [
    .requestDigest, .targetRegion, .targetAccount, .token, .targetModelName, .sourceModelArn, .jobArn,
  ]
}

/// Which boot of the machine this is.
enum MachineBoot {
  /// Random; nil where the system does not tell (`/proc/sys/kernel/random/boot_id`, random(4)).
  static let id: String? = {
    let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return text.flatMap { $0.isEmpty ? nil : String($0.prefix { $0 != "\n" }) }
  }()
}
