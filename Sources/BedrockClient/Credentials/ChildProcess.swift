import Glibc

/// A shell command in a process group of its own, with a pipe from its standard output.
struct ChildProcess: ~Copyable {
  private let id: pid_t
  private let output: CInt

  /// Starts the command. Throws ``ProcessError/notStarted(reason:)``.
  init(shellCommand: String) throws(ProcessError) {
    guard !shellCommand.utf8.contains(0) else { throw .notStarted(reason: "the command has a NUL byte") }
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { throw Self.notStarted(errno) }
    // The child gets its end by dup2; with either end left open in another child, this one's end would not be seen.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    do throws(ProcessError) {
      id = try Self.spawn(shellCommand, output: ends[1])
    } catch {
      close(ends[0])
      throw error
    }
    output = ends[0]
  }

  deinit { close(output) }

  /// What the command writes until it ends, within the limits. The whole group is ended when a limit is reached.
  consuming func output(_ limits: ProcessLimits) throws(ProcessError) -> [UInt8] {
    let deadline = ContinuousClock.now + limits.timeout
    do throws(ProcessError) {
      let bytes = try read(limits, deadline)
      try wait(limits, deadline)
      return bytes
    } catch {
      end(after: error)
      throw error
    }
  }

  private func read(_ limits: ProcessLimits, _ deadline: ContinuousClock.Instant) throws(ProcessError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      try waitForOutput(limits, deadline)
      let count = Glibc.read(output, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limits.maximumOutputSize else { throw .outputTooLarge(limit: limits.maximumOutputSize) }
    }
  }

  private func waitForOutput(_ limits: ProcessLimits, _ deadline: ContinuousClock.Instant) throws(ProcessError) {
    var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    while true {
      let left = deadline - ContinuousClock.now
      guard left > .zero else { throw .timedOut(limit: limits.timeout) }
      let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
      if poll(&entry, 1, CInt(min(milliseconds + 1, 60_000))) > 0 { return }
    }
  }

  /// Waits for the end of a process that has closed its output: there is no descriptor to wait on, so it looks often.
  private func wait(_ limits: ProcessLimits, _ deadline: ContinuousClock.Instant) throws(ProcessError) {
    var status: CInt = 0
    while true {
      let ended = waitpid(id, &status, WNOHANG)
      if ended == id { return try Self.check(status) }
      guard ended == 0 || errno == EINTR else { return }
      guard ContinuousClock.now < deadline else { throw .timedOut(limit: limits.timeout) }
      usleep(1000)
    }
  }

  private func end(after error: ProcessError) {
    switch error {
    case .timedOut, .outputTooLarge:
      kill(-id, SIGKILL)
      var status: CInt = 0
      while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    case .notStarted, .failed, .killed: break
    }
  }

  private static func check(_ status: CInt) throws(ProcessError) {
    let signal = status & 0x7F
    guard signal == 0 else { throw .killed(signal: signal) }
    let code = (status >> 8) & 0xFF
    guard code == 0 else { throw .failed(status: code) }
  }

  private static func spawn(_ command: String, output: CInt) throws(ProcessError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    return try spawn(["/bin/sh", "-c", command], &actions, &attributes)
  }

  private static func spawn(
    _ arguments: [String], _ actions: inout posix_spawn_file_actions_t, _ attributes: inout posix_spawnattr_t
  ) throws(ProcessError) -> pid_t {
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    var id: pid_t = 0
    let failure = posix_spawn(&id, arguments[0], &actions, &attributes, &pointers, environ)
    guard failure == 0 else { throw notStarted(failure) }
    return id
  }

  private static func notStarted(_ number: CInt) -> ProcessError {
    .notStarted(reason: ASCII.lowercase(String(cString: strerror(number))))
  }
}
