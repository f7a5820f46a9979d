import CSpawn
import Glibc

/// What this process was started with besides its environment, and its command is to be started with too: ignored and
/// blocked signals, and open descriptors such as those of `<(…)` in a shell.
package struct InheritedState: Sendable {
  let defaultSignals: sigset_t
  let mask: sigset_t
  /// Those above 2 that a new program gets, ascending.
  let descriptors: [CInt]

  /// What holds when this is first read: on the main thread, before anything else has changed it.
  package static let atStart = InheritedState()

  private init() {
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &mask)
    self.init(
      defaultSignals: Self.notIgnoredSignals(), mask: mask, descriptors: Self.inheritableDescriptors())
  }

  init(defaultSignals: sigset_t, mask: sigset_t, descriptors: [CInt]) {
    (self.defaultSignals, self.mask, self.descriptors) = (defaultSignals, mask, descriptors)
  }

  private static func notIgnoredSignals() -> sigset_t {
    var signals = sigset_t()
    sigfillset(&signals)
    let ignored = unsafeBitCast(SIG_IGN, to: Int.self)
    for number in 1..<NSIG {
      var action = sigaction()
      guard sigaction(number, nil, &action) == 0 else { continue }
      let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      if handler == ignored { sigdelset(&signals, number) }
    }
    return signals
  }

  private static func inheritableDescriptors() -> [CInt] {
    guard let folder = opendir("/proc/self/fd") else { return [] }
    defer { closedir(folder) }
    var found: [CInt] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      guard let descriptor = CInt(name), descriptor > STDERR_FILENO else { continue }
      let flags = fcntl(descriptor, F_GETFD)
      if flags >= 0 && flags & FD_CLOEXEC == 0 { found.append(descriptor) }
    }
    return found.sorted()
  }
}
