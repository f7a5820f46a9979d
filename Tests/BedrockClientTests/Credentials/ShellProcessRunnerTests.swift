import Testing

@testable import BedrockClient

@Suite struct ShellProcessRunnerTests {
  private func run(_ line: String, timeout: Duration = .seconds(30), size: Int = 1000) async throws(ProcessError)
    -> String
  {
    let limits = ProcessLimits(timeout: timeout, maximumOutputSize: size)
    return String(decoding: try await ShellProcessRunner().run(line, limits: limits), as: UTF8.self)
  }

  @Test func wordsAreSplitAsTheShellSplitsThem() async throws {
    #expect(try await run(#"printf '<%s>' a "b c" 'd "e"' f\ g"#) == #"<a><b c><d "e"><f g>"#)
  }

  @Test func standardInputIsEmptyAndStandardErrorDiscarded() async throws {
    #expect(try await run("cat; echo canary >&2; echo out") == "out\n")
  }

  @Test func aFailureHasItsStatus() async throws {
    await #expect(throws: ProcessError.failed(status: 3)) { try await run("echo canary; exit 3") }
    await #expect(throws: ProcessError.failed(status: 127)) { try await run("/nonexistent/tool") }
    await #expect(throws: ProcessError.killed(signal: 9)) { try await run("kill -9 $$") }
  }

  @Test func aHangingCommandIsEndedWithItsChildren() async throws {
    await #expect(throws: ProcessError.timedOut(limit: .milliseconds(50))) {
      try await run("sleep 300 & sleep 300", timeout: .milliseconds(50))
    }
    await #expect(throws: ProcessError.timedOut(limit: .milliseconds(50))) {
      try await run("exec >&-; sleep 300", timeout: .milliseconds(50))
    }
  }

  @Test func endlessOutputIsCutOff() async throws {
    await #expect(throws: ProcessError.outputTooLarge(limit: 1000)) { try await run("yes") }
  }

  @Test func aCommandWithANULIsNotRun() async throws {
    await #expect(throws: ProcessError.notStarted(reason: "the command has a NUL byte")) { try await run("echo a\0b") }
  }
}
