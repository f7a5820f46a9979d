import Copylint
import Glibc

/// How many files and connections this process may have open at one time (RLIMIT_NOFILE).
///
/// A server that takes connections until the last descriptor is gone can neither take, answer nor refuse another one.
package enum DescriptorLimit {
  /// Raises the limit, where the system lets this user, to what a server with these limits can use.
  package static func raise(for limits: ServerLimits) { raise(to: rlim_t(2 * limits.connections + reserve)) }

  /// Throws where there are too few to begin with: event loops and libdispatch would end the process without a word.
  package static func check() throws(Diagnostic) {
    raise(to: rlim_t(reserve))
    guard let limit = current, limit.rlim_cur < rlim_t(reserve) else { return }
    throw Diagnostic(
      "this process may have \(limit.rlim_cur) open files at one time, and needs \(reserve)",
      help: "raise the limit: `ulimit -n` in a shell, `LimitNOFILE=` in a systemd unit")
  }

  private static func raise(to wanted: rlim_t) {
    guard var limit = current, limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(limit.rlim_max, wanted)
    _ = setrlimit(resource, &limit)
  }

  /// The connections there is room for, at least 1: each may need a descriptor for the call that it has sent on, too.
  static var connections: Int {
    guard let limit = current, limit.rlim_cur < rlim_t(Int32.max) else { return Int(Int32.max) }
    return max(1, (Int(limit.rlim_cur) - reserve) / 2)
  }

  /// Standard streams, event loops, journal, log and policy.
  private static let reserve = 64

  private static var current: rlimit? {
    var limit = rlimit()
    return getrlimit(resource, &limit) == 0 ? limit : nil
  }

  private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }
}
