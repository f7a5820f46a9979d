import Glibc
import Testing

@testable import BedrockClient

@Suite struct BrokenPipeSignalTests {
  private static func isBlocked() -> Bool {
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &mask)
    return sigismember(&mask, SIGPIPE) == 1
  }

  @Test func aWriteThatNobodyReadsIsAnErrorAndNoSignal() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { close(ends[1]) }
    close(ends[0])
    let wasBlocked = Self.isBlocked()
    let code = BrokenPipeSignal.whileBlocked { write(ends[1], "x", 1) < 0 ? errno : 0 }
    #expect(code == EPIPE)
    // None is left to come when it is let through again.
    var pending = sigset_t()
    sigpending(&pending)
    #expect(wasBlocked || sigismember(&pending, SIGPIPE) == 0)
    #expect(Self.isBlocked() == wasBlocked)
  }
}
