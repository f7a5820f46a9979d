import Dispatch
import Synchronization
import Testing

@testable import CopylintBedrock

@Suite struct DelayedWorkTests {
  @Test func itIsDoneOnceForAllWhoAskBeforeAndAgainForWhoAsksAfter() {
    let queue = DispatchQueue(label: "test")
    let work = DelayedWork(after: .milliseconds(1), on: queue)
    let done = Mutex<[Int]>([])
    let end = DispatchSemaphore(value: 0)
    queue.suspend()
    for number in 1...3 {
      work.schedule {
        done.withLock { $0.append(number) }
        // Before it has ended.
        work.schedule {
          done.withLock { $0.append(number + 10) }
          end.signal()
        }
      }
    }
    #expect(done.withLock { $0.isEmpty })
    queue.resume()
    end.wait()
    #expect(done.withLock { $0 } == [1, 11])
  }
}
