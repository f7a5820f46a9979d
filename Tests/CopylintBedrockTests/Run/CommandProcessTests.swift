import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

@Suite struct CommandProcessTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func run(
    _ arguments: [String], environment: [EnvironmentVariable] = [], inherited: InheritedState = .plain()
  ) async throws -> CommandStatus {
    try await CommandProcess(
      arguments: arguments.map { ByteString($0) }, environment: environment, inherited: inherited
    ).run()
  }

  /// What a shell script writes to its standard output.
  private func output(
    _ script: String, environment: [EnvironmentVariable] = [], inherited: InheritedState = .plain()
  ) async throws -> [UInt8] {
    let file = scratch["output"]
    let status = try await run(
      ["/bin/sh", "-c", "{ \(script); } >\(file)"], environment: environment, inherited: inherited)
    #expect(status == .exited(0))
    return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
  }

  @Test(arguments: [("exit 0", 0), ("exit 7", 7), ("exit 255", 255), ("kill -KILL $$", 137), ("kill -TERM $$", 143)])
  func itsEndIsKnown(_ script: String, _ code: Int32) async throws {
    #expect(try await run(["sh", "-c", script]).exitCode == code)
  }

  @Test func signalsAreNoCodes() async throws {
    #expect(try await run(["sh", "-c", "kill -KILL $$"]) == .signalled(SIGKILL))
    #expect(try await run(["sh", "-c", "exit 137"]) == .exited(137))
  }

  private func failure(_ arguments: [String]) async throws -> CommandStartError {
    try #require(await #expect(throws: CommandStartError.self) { try await run(arguments) })
  }

  @Test func whatCannotStartSaysWhy() async throws {
    let missing = try await failure(["no-such-program\u{1B}[1m"])
    #expect(missing.exitCode == 127)
    #expect(missing.description == #"there is no program `no-such-program\x1b[1m`"#)
    #expect(try await failure(["/nonexistent/x"]).exitCode == 127)
    #expect(try await failure([""]).exitCode == 127)
    let file = scratch["text"]
    try Data("echo".utf8).write(to: URL(fileURLWithPath: file))
    let forbidden = try await failure([file])
    #expect(forbidden.exitCode == 126)
    #expect(forbidden.description == "`\(file)` cannot be executed: permission denied")
    #expect(try await failure([scratch.path]).exitCode == 126)
    #expect(try await failure(["/dev/null/x"]).exitCode == 126)
  }

  /// A script without `#!` is one for the shell, as `env` and shells have it.
  @Test func aScriptNeedsNoFirstLine() async throws {
    let file = scratch["script"]
    // Not written by this process: a child that another test starts meanwhile would have it open too, and a file that is
    // open for writing cannot be executed.
    #expect(try await run(["sh", "-c", "echo exit 9 >\(file); chmod 700 \(file)"]) == .exited(0))
    #expect(try await run([file]) == .exited(9))
  }

  @Test func argumentsAndEnvironmentAreGivenByteForByte() async throws {
    let odd = ByteString([0x20, 0xFF, 0x0A, 0x22, 0x27, 0x24, 0x60])
    let file = scratch["output"]
    let command = CommandProcess(
      arguments: [
        "/bin/sh", "-c", ByteString("{ printf '%s|' \"$@\"; tr '\\0' '|' </proc/$$/environ; } >\(file)"), "sh", "--",
        odd, "",
      ],
      environment: [EnvironmentVariable("A", "1"), EnvironmentVariable("B", odd)], inherited: .plain())
    #expect(try await command.run() == .exited(0))
    let seen = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    #expect(seen == Array("--|".utf8) + odd.bytes + Array("||A=1|B=".utf8) + odd.bytes + Array("|".utf8))
  }

  @Test func onlyInheritedDescriptorsPass() async throws {
    let kept = open("/dev/null", O_RDONLY)
    let own = open("/dev/null", O_RDONLY)
    defer { [kept, own].forEach { close($0) } }
    let seen = String(
      decoding: try await output("ls /proc/$$/fd", inherited: .plain(descriptors: [kept])), as: UTF8.self)
    // The shell keeps a copy of its standard output while the braces have another.
    let shells: Set<Substring> = ["0", "1", "2", "10"]
    #expect(Set(seen.split(separator: "\n")).subtracting(shells) == ["\(kept)"])
  }

  @Test func signalsAreAsTheyWere() async throws {
    var blocked = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGUSR2)
    let seen = String(
      decoding: try await output(
        "exec grep -E '^Sig(Blk|Ign)' /proc/self/status", inherited: .plain(ignored: [SIGHUP, SIGUSR1], mask: blocked)),
      as: UTF8.self)
    let sets = Dictionary(
      uniqueKeysWithValues: seen.split(separator: "\n").compactMap { line -> (Substring, UInt64)? in
        let parts = line.split(separator: ":\t")
        return parts.count == 2 ? UInt64(parts[1], radix: 16).map { (parts[0], $0) } : nil
      })
    #expect(sets["SigBlk"] == 1 << UInt64(SIGUSR2 - 1))
    // Signal 32 is the C library's own.
    let ignored = sets["SigIgn"].map { $0 & ~(1 << 31) }
    #expect(ignored == 1 << UInt64(SIGHUP - 1) | 1 << UInt64(SIGUSR1 - 1))
  }

  @Test func nothingIsLeftOfIt() async throws {
    let openFiles = { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
    let before = try openFiles()
    for _ in 0..<20 { #expect(try await run(["true"]) == .exited(0)) }
    for _ in 0..<20 { _ = try await failure(["/nonexistent"]) }
    // What each of these forty left open would stay; what other tests have open goes.
    for _ in 0..<1000 where try openFiles() >= before + 20 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(try openFiles() < before + 20)
    let id = String(decoding: try await output("echo $$"), as: UTF8.self).dropLast()
    // Not even a zombie.
    #expect(!FileManager.default.fileExists(atPath: "/proc/\(id)"))
  }
}

extension InheritedState {
  /// That of a process started with nothing but its standard streams.
  fileprivate static func plain(
    ignored: [Int32] = [], mask: sigset_t? = nil, descriptors: [Int32] = []
  ) -> InheritedState {
    var signals = sigset_t()
    sigfillset(&signals)
    for signal in ignored { sigdelset(&signals, signal) }
    var none = sigset_t()
    sigemptyset(&none)
    return InheritedState(defaultSignals: signals, mask: mask ?? none, descriptors: descriptors)
  }
}
