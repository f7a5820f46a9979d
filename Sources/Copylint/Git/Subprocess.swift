@preconcurrency import Glibc

/// A program that runs beside this one: what it is sent, and what it says on standard output and standard error.
///
/// Started from a list of arguments, so that no shell reads any of them. Ended with its last reference.
final class Subprocess {
  private let program: ByteString
  private let process: pid_t
  /// Its standard input and output.
  private var channel: Int32
  private var errorChannel: Int32
  private var hasOutput = true
  private var hasErrors = true
  private var status: Int32?
  /// What it wrote and nobody took yet.
  private var unread: [UInt8] = []
  /// The start of what it wrote to standard error.
  private(set) var errors: [UInt8] = []

  private static let maxErrorBytes = 16 << 10

  /// Starts the program at a path. `arguments` are without its own name; `environment` is all that it gets.
  init(_ program: ByteString, _ arguments: [ByteString], environment: [ByteString]) throws(Diagnostic) {
    self.program = program
    let channel = try Self.socketPair(program)
    let errorChannel = try Self.socketPair(program)
    (self.channel, self.errorChannel) = (channel.own, errorChannel.own)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO] {
      posix_spawn_file_actions_adddup2(&actions, channel.other, descriptor)
    }
    posix_spawn_file_actions_adddup2(&actions, errorChannel.other, STDERR_FILENO)
    var started: pid_t = 0
    let code = Self.withCStrings([program] + arguments) { arguments in
      Self.withCStrings(environment) { environment in
        program.withCString { posix_spawn(&started, $0, &actions, nil, arguments, environment) }
      }
    }
    process = started
    for descriptor in [channel.other, errorChannel.other] { close(descriptor) }
    guard code == 0 else {
      status = -1
      throw SystemError(code: code).diagnostic(program)
    }
  }

  deinit {
    for descriptor in [channel, errorChannel] where descriptor >= 0 { close(descriptor) }
    guard status == nil else { return }
    kill(process, SIGTERM)
    waitpid(process, nil, 0)
  }

  /// Two connected ends, neither of which another program inherits, and neither of which is a standard stream.
  private static func socketPair(_ program: ByteString) throws(Diagnostic) -> (own: Int32, other: Int32) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
      throw SystemError.last.diagnostic(program)
    }
    defer { for end in ends { close(end) } }
    let kept = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
    guard kept.allSatisfy({ $0 >= 0 }) else { throw SystemError.last.diagnostic(program) }
    return (kept[0], kept[1])
  }

  private static func withCStrings<Result>(
    _ strings: [ByteString], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { $0.withCString { strdup($0) } }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }

  // MARK: Talking

  /// Sends bytes to its standard input. Throws when it does not take them any more.
  func send(_ bytes: [UInt8]) throws(Diagnostic) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(channel, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw SystemError.last.diagnostic(program)
      }
    }
  }

  /// Its standard input ends here.
  func finishInput() { shutdown(channel, Int32(SHUT_WR)) }

  /// The next bytes of its output, at most `count` of them; none at its end.
  func read(upTo count: Int) throws(Diagnostic) -> ArraySlice<UInt8> {
    while unread.isEmpty, hasOutput { try wait() }
    let taken = unread.prefix(count)
    unread.removeFirst(taken.count)
    return taken
  }

  /// What is left of its output, at most `maxBytes`, and its exit status once it ended; -1 when a signal ended it.
  func finish(maxBytes: Int) throws(Diagnostic) -> (output: [UInt8], status: Int32) {
    finishInput()
    while hasOutput || hasErrors {
      try wait()
      guard unread.count <= maxBytes else {
        throw Diagnostic("says more than \(FileReader.byteCount(maxBytes))", path: program)
      }
    }
    return (unread, try exitStatus())
  }

  private func exitStatus() throws(Diagnostic) -> Int32 {
    if let status { return status }
    var raw: Int32 = 0
    while waitpid(process, &raw, 0) < 0 {
      let error = SystemError.last
      guard error.code == EINTR else {
        status = -1
        throw error.diagnostic(program)
      }
    }
    // WIFEXITED and WEXITSTATUS, which are macros.
    let code = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -1
    status = code
    return code
  }

  /// Waits until it says something, and keeps that. Both streams are read, so that neither can fill up and stop it.
  private func wait() throws(Diagnostic) {
    var events = [
      pollfd(fd: hasOutput ? channel : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: hasErrors ? errorChannel : -1, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&events, nfds_t(events.count), -1) >= 0 else {
      let error = SystemError.last
      if error.code == EINTR { return }
      throw error.diagnostic(program)
    }
    if events[0].revents != 0 { hasOutput = try take(from: channel) { unread += $0 } }
    if events[1].revents != 0 {
      hasErrors = try take(from: errorChannel) { errors += $0.prefix(Self.maxErrorBytes - errors.count) }
    }
  }

  /// Returns whether there may be more.
  private func take(from descriptor: Int32, _ keep: (ArraySlice<UInt8>) -> Void) throws(Diagnostic) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    let count = Glibc.read(descriptor, &chunk, chunk.count)
    if count > 0 { keep(chunk[..<count]) }
    guard count < 0 else { return count > 0 }
    let error = SystemError.last
    // A program that ends with input unread resets the connection; what it wrote was read before.
    if error.code == ECONNRESET { return false }
    guard error.code == EINTR else { throw error.diagnostic(program) }
    return true
  }
}
