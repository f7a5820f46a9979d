import CSpawn
import Copylint
import Glibc
import NIOPosix

/// A command that runs in this process's place: with its standard streams and in its process group, so that what is
/// typed at the terminal reaches the command as if it ran alone.
struct CommandProcess: Sendable {
  /// The program, which is looked for on the PATH where it has no slash, and its arguments.
  var arguments: [ByteString]
  var environment: [EnvironmentVariable]
  var inherited: InheritedState

  /// Runs the command to its end. Throws ``CommandStartError``.
  func run() async throws -> CommandStatus {
    // A thread of its own: the command is told when the one that started it ends.
    let pool = NIOThreadPool(numberOfThreads: 1)
    pool.start()
    do {
      let result = try await pool.runIfActive { runBlocking() }
      try await pool.shutdownGracefully()
      return try result.get()
    } catch {
      try? await pool.shutdownGracefully()
      throw error
    }
  }

  private func runBlocking() -> Result<CommandStatus, CommandStartError> {
    let id = start()
    guard id > 0 else { return .failure(CommandStartError(program: arguments.first ?? "", code: errno)) }
    SignalRelay.deliver(to: id)
    var information = siginfo_t()
    while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
    // Once it has been waited for, its id may be another process's.
    SignalRelay.deliver(to: 0)
    var status: CInt = 0
    while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    return .success(CommandStatus(waitStatus: status))
  }

  private func start() -> pid_t {
    let (arguments, environment) = (Self.cStrings(arguments.map(\.bytes)), Self.cStrings(environment.map(\.entry)))
    defer { (arguments + environment).forEach { free($0) } }
    return inherited.descriptors.withUnsafeBufferPointer { descriptors in
      var state = spawn_state(
        default_signals: inherited.defaultSignals, mask: inherited.mask, descriptors: descriptors.baseAddress,
        descriptor_count: descriptors.count, death_signal: SIGTERM)
      return spawn_command(arguments, environment, &state)
    }
  }

  /// The texts as C has them, with a null pointer behind the last one.
  private static func cStrings(_ texts: [[UInt8]]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { text in strdup(text.map { CChar(bitPattern: $0) } + [0]) } + [nil]
  }
}
