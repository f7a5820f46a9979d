import Dispatch
import Testing

@testable import CopylintBedrock

/// What others may do before is not done twice, and never late.
@Suite struct DeadlineTests {
  private static func at(_ milliseconds: Int) -> DispatchTime {
    DispatchTime(uptimeNanoseconds: 1_000_000_000) + .milliseconds(milliseconds)
  }

  @Test func whoBeginsIsTheOneWhoLooks() {
    var deadline = Deadline(after: .milliseconds(10))
    #expect(deadline.begin(Self.at(0)) == Self.at(10))
    #expect(deadline.begin(Self.at(3)) == nil)
    #expect(deadline.look(Self.at(10)) == .due)
    #expect(deadline.begin(Self.at(11)) == Self.at(21))
  }

  @Test func whatSomebodyDidBeforeIsNotDoneAgain() {
    var deadline = Deadline(after: .milliseconds(10))
    _ = deadline.begin(Self.at(0))
    deadline.clear()
    #expect(deadline.look(Self.at(10)) == .nothing)
    #expect(deadline.begin(Self.at(12)) == Self.at(22))
  }

  @Test func whatBeganAfterThatHasItsOwnTime() {
    var deadline = Deadline(after: .milliseconds(10))
    _ = deadline.begin(Self.at(0))
    deadline.clear()
    #expect(deadline.begin(Self.at(8)) == nil)
    #expect(deadline.look(Self.at(10)) == .early(Self.at(18)))
    #expect(deadline.begin(Self.at(12)) == nil)
    #expect(deadline.look(Self.at(18)) == .due)
  }
}
