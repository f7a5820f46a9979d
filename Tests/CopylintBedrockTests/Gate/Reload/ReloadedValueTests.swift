import Copylint
import Synchronization
import Testing

@testable import CopylintBedrock

/// A policy that is loaded anew, from what a test says.
final class ScriptedPolicy: Sendable {
  private let next = Mutex<Result<Int, PolicyErrors>>(.success(1))

  func set(_ value: Int) { next.withLock { $0 = .success(value) } }
  func fail(_ message: String) { next.withLock { $0 = .failure(PolicyErrors([Diagnostic(message)])) } }

  func load() throws(PolicyErrors) -> Int { try next.withLock { $0 }.get() }
}

extension ReloadEvent<Int> {
  /// In few words.
  var words: String {
    switch self {
    case .loaded(let snapshot): "loaded \(snapshot.value) as \(snapshot.generation)"
    case .unchanged: "unchanged"
    case .failed(let diagnostics): "failed: " + diagnostics.map(\.message).joined(separator: ", ")
    case .unwatched(let diagnostic): "unwatched: \(diagnostic.message)"
    }
  }
}

/// The last good policy stays.
@Suite struct ReloadedValueTests {
  private let policy = ScriptedPolicy()
  private let time = FixedTime()

  private func reload() throws -> ReloadedValue<Int> {
    try ReloadedValue(time: time, isSame: { $0 == $1 }) { [policy] () throws(PolicyErrors) in try policy.load() }
  }

  @Test func theFirstOneMustBeGood() throws {
    policy.fail("no pack")
    let errors = #expect(throws: PolicyErrors.self) { try reload() }
    #expect(errors?.diagnostics.map(\.message) == ["no pack"])
  }

  @Test func aBrokenOneChangesNothing() throws {
    let reload = try reload()
    let first = time.date
    policy.fail("no pack")
    time.advance(5)
    #expect(reload.reload().words == "failed: no pack")
    #expect(reload.current.value == 1)
    #expect(reload.current.generation == 1)
    #expect(reload.current.loadedAt == first)
    policy.set(2)
    #expect(reload.reload().words == "loaded 2 as 2")
    #expect(reload.current.value == 2)
    #expect(reload.current.loadedAt == time.date)
  }

  @Test func oneThatSaysTheSameIsNoNewOne() throws {
    let reload = try reload()
    #expect(reload.reload().words == "unchanged")
    #expect(reload.current.generation == 1)
  }

  @Test func whoJudgesKeepsWhatItHas() throws {
    let reload = try reload()
    let held = reload.current
    policy.set(2)
    _ = reload.reload()
    #expect(held.value == 1 && held.generation == 1)
  }

  @Test func manyReloadsAtOnceCountUp() async throws {
    let reload = try ReloadedValue(time: time, isSame: { (_: Int, _: Int) in false }) { () throws(PolicyErrors) in 1 }
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<64 { group.addTask { _ = reload.reload() } }
    }
    #expect(reload.current.generation == 65)
  }
}
