import Glibc

// @unchecked: everything that changes is behind `mutex`.
/// Threads that judge chunks, several at a time, and give them back in the order they were submitted.
///
/// `submit`, `next` and `finish` are for the one thread that made it.
final class ChunkWorkers: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let makeJudge: @Sendable () -> ChunkJudge
  private var threads: [pthread_t] = []

  private var waiting: [LineChunk] = []
  private var judged: [Int: (JudgedChunk, LineChunk)] = [:]
  /// Numbers of the next chunk to be submitted, to be taken by a thread, to take its turn, and to be given back.
  private var submitted = 0
  private var taken = 0
  private var turn = 0
  private var returned = 0
  private var isFinished = false

  init(count: Int, _ makeJudge: @escaping @Sendable () -> ChunkJudge) {
    self.makeJudge = makeJudge
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
    for _ in 0..<count { start() }
    // Without a thread nothing would ever come back.
    precondition(!threads.isEmpty, "no thread could be started")
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  private func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<ChunkWorkers>.fromOpaque(context).takeRetainedValue().work() }
        return nil
      }, context.toOpaque())
    if status == 0 { threads.append(thread) } else { context.release() }
  }

  // MARK: The thread that reads

  /// Whether a submitted chunk has not come back.
  var hasMore: Bool { locked { returned < submitted } }

  /// Hands a chunk over.
  func submit(_ chunk: LineChunk) {
    locked {
      waiting.append(chunk)
      submitted += 1
    }
  }

  /// Waits for the next chunk in order. Only while `hasMore`.
  func next() -> (JudgedChunk, LineChunk) {
    locked {
      while true {
        if let found = judged.removeValue(forKey: returned) {
          returned += 1
          return found
        }
        pthread_cond_wait(changed, mutex)
      }
    }
  }

  /// Ends the threads and waits for them.
  func finish() {
    locked { isFinished = true }
    for thread in threads { pthread_join(thread, nil) }
  }

  // MARK: The threads that judge

  private func work() {
    let judge = makeJudge()
    while let (number, chunk) = take() {
      let result = judge.judge(chunk) { body in
        locked {
          while turn != number { pthread_cond_wait(changed, mutex) }
        }
        body()
        locked { turn += 1 }
      }
      locked { judged[number] = (result, chunk) }
    }
  }

  private func take() -> (Int, LineChunk)? {
    locked {
      while waiting.isEmpty, !isFinished { pthread_cond_wait(changed, mutex) }
      guard !waiting.isEmpty else { return nil }
      taken += 1
      return (taken - 1, waiting.removeFirst())
    }
  }

  /// Everybody looks again after every change: there are few threads, and chunks are large.
  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return body()
  }
}
