import Foundation
import Testing

/// The command of `copylint run` as a process: as if it ran alone.
@Suite struct RunProcessTests {
  private let home: RunHome

  init() throws {
    home = try RunHome(credentials: "[default]\n\(RunHome.keys)")
  }

  @Test func streamsAndCodesPassThrough() throws {
    let script = "cat; echo to the errors >&2; exit 7"
    let result = try home.run(["sh", "-c", script], input: "a\u{0}b")
    #expect(result.code == 7)
    #expect(result.output == "a\u{0}b")
    #expect(result.errors == "to the errors\n")
    #expect(try home.leftovers() == [])
  }

  @Test func aSignalsCodeIsThatOfShells() throws {
    #expect(try home.run(["sh", "-c", "kill -KILL $$"]).code == 137)
    #expect(try home.leftovers() == [])
  }

  /// Options behind `--` are the command's, whatever they look like.
  @Test func everythingBehindTheDashesIsTheCommands() throws {
    let odd = ["--help", "--", "--pack", "x y", "", "$HOME"]
    let result = try home.run(["printf", "%s|"] + odd)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == odd.map { "\($0)|" }.joined())
    let bytes = try Program.execute(
      "/bin/sh", ["-c", #"exec "$0" run -- printf %s "$(printf 'a\377b')" | od -An -tx1"#, Program.path],
      in: home.scratch.folder, environment: home.environment())
    #expect(bytes.output.split(separator: " ").map { $0.filter { $0 != "\n" } } == ["61", "ff", "62"])
  }

  @Test func whatCannotRunIsSaid() throws {
    let missing = try home.run(["no-such-program"])
    #expect(missing.code == 127)
    #expect(missing.errors.hasPrefix("error: there is no program `no-such-program`\n  = help: "))
    #expect(try home.run(["/dev/null"]).code == 126)
    let nothing = try home.run([])
    #expect(nothing.code == 2 && !nothing.errors.isEmpty)
    #expect(try Program.run(["run", "echo"], in: home.scratch.folder).code == 2)
    #expect(try home.leftovers() == [])
  }

  /// Each signal that is sent to `copylint` arrives, once; and it ends after the command only.
  @Test(arguments: [
    (SIGHUP, "HUP"), (SIGINT, "INT"), (SIGQUIT, "QUIT"), (SIGTERM, "TERM"), (SIGUSR1, "USR1"), (SIGALRM, "ALRM"),
    (40, "40"),
  ])
  func signalsReachTheCommand(_ signal: Int32, _ name: String) throws {
    let script = "trap 'echo \(name)' \(name); trap 'echo end; exit 3' USR2; echo ready; while :; do sleep 0.02; done"
    let run = try RunningCommand(home, ["sh", "-c", script])
    #expect(run.line() == "ready")
    run.send(signal)
    #expect(run.line() == name)
    run.send(SIGUSR2)
    #expect(run.line() == "end")
    #expect(run.end() == 3)
    #expect(try home.leftovers() == [])
  }

  /// The terminal sends `^C` to the whole process group: the command gets it, once, and the gate is still there.
  @Test(.needs(.python)) func aKeyOfTheTerminalReachesTheCommandOnce() throws {
    let command = """
      import signal, sys
      seen = []
      signal.signal(signal.SIGINT, lambda *_: (seen.append(1), print("interrupted", flush=True)))
      print("ready", flush=True)
      sys.stdin.readline()
      print("interrupts:", len(seen), "end", flush=True)
      sys.exit(5)
      """
    let terminal = """
      import os, pty, signal, sys
      signal.pthread_sigmask(signal.SIG_SETMASK, [])
      child, terminal = pty.fork()
      if child == 0:
          os.execvp(sys.argv[1], sys.argv[1:])
      shown = b""
      for word, keys in [(b"ready", b"\\x03"), (b"interrupted", b"\\n"), (b"end", b"")]:
          while word not in shown:
              shown += os.read(terminal, 1024)
          os.write(terminal, keys)
      code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
      print("interrupts: 1 end" in shown.decode(), code)
      """
    let result = try Program.execute(
      "/usr/bin/env", ["python3", "-c", terminal] + home.arguments(["python3", "-c", command]), in: home.scratch.folder,
      environment: home.environment())
    #expect(result.output == "True 5\n", "\(result.errors)")
    #expect(try home.leftovers() == [])
  }

  @Test func aSignalThatTheCommandDoesNotTakeEndsBoth() throws {
    let run = try RunningCommand(home, ["sh", "-c", "echo ready; exec sleep 60"])
    #expect(run.line() == "ready")
    run.send(SIGTERM)
    #expect(run.end() == 143)
    #expect(try home.leftovers() == [])
  }

  @Test func theCommandIsToldWhenTheGateIsKilled() throws {
    let run = try RunningCommand(
      home, ["sh", "-c", "trap 'echo told; exit' TERM; echo ready; while :; do sleep 0.02; done"])
    #expect(run.line() == "ready")
    run.send(SIGKILL)
    #expect(run.line() == "told")
    // Nothing of what is left is secret.
    for folder in try home.leftovers() {
      for name in ["config", "credentials"] {
        let text = try String(
          contentsOf: home.scratch.folder.appendingPathComponent("\(folder)/\(name)"), encoding: .utf8)
        #expect(!text.contains(RunHome.secret))
      }
    }
  }

  /// What is closed at the start is no place for the gate's files, and closed for the command too.
  @Test func closedStreamsStayClosedAndLeadNowhere() throws {
    let command = "for fd in 0 2; do readlink /proc/$PPID/fd/$fd; [ -e /proc/$$/fd/$fd ] || echo none; done"
    let result = try Program.execute(
      "/bin/sh", ["-c", #"exec "$0" run -- sh -c "$1" <&- 2>&-"#, Program.path, command], in: home.scratch.folder,
      environment: home.environment())
    #expect(result.output == "/dev/null\nnone\n/dev/null\nnone\n")
  }

  /// A limit of the size of files is an error with words, and leaves nothing behind.
  @Test func aFileThatMayNotGrowIsSaid() throws {
    let result = try Program.execute(
      "/bin/sh", ["-c", #"ulimit -f 1; exec "$0" run -- true"#, Program.path], in: home.scratch.folder,
      environment: home.environment())
    #expect(result.code == 2 && result.errors.hasPrefix("error: "), "\(result.code) \(result.errors)")
    #expect(try home.leftovers() == [])
  }

  @Test(arguments: [["run", "--", "true"], ["gateway"], ["sandbox"], ["submit", "."], ["jobs", "list"]])
  func tooFewOpenFilesAreSaid(_ arguments: [String]) throws {
    let result = try Program.execute(
      "/bin/sh", ["-c", #"ulimit -n 20; exec "$0" "$@""#, Program.path] + arguments, in: home.scratch.folder,
      environment: home.environment())
    #expect(result.code == 2, "\(result.code) \(result.errors)")
    #expect(result.errors.hasPrefix("error: this process may have 20 open files at one time, and needs 64\n"))
    #expect(result.errors.contains("`ulimit -n`"))
    #expect(try home.leftovers() == [])
  }

  @Test func noDescriptorLeaksIntoTheCommand() throws {
    // Both have the same parent, and so would inherit the same.
    let both = #"for run in "" "$0 run --"; do $run sh -c 'ls /proc/$$/fd' | tr '\n' ' '; echo; done"#
    let lists = try Program.execute(
      "/bin/sh", ["-c", both, Program.path], in: home.scratch.folder, environment: home.environment()
    ).output.split(separator: "\n")
    #expect(lists.count == 2 && lists[0] == lists[1], "\(lists)")
    let passed = try Program.execute(
      "/bin/bash", ["-c", #""$0" run -- cat <(echo passed)"#, Program.path], in: home.scratch.folder,
      environment: home.environment())
    #expect(passed.output == "passed\n")
  }
}
