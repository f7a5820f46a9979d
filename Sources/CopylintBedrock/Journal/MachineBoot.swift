#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Which boot of the machine this is.
enum MachineBoot {
  /// Random; nil where the system does not tell (`/proc/sys/kernel/random/boot_id`, random(4)).
  static let id: String? = {
    let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return text.flatMap { $0.isEmpty ? nil : String($0.prefix { $0 != "\n" }) }
  }()
}
