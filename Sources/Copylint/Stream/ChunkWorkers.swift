import Glibc

// @unchecked: everything that changes is behind `mutex`.
/// Threads that judge chunks, several at a time, and give them back in the order they were submitted. The one that made
/// it reads and writes, and judges where it would wait.
final class ChunkWorkers: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  /// That there is a chunk to be judged, or none will come any more.
  private let work = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// That a chunk is judged.
  private let progress = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let makeJudge: @Sendable () -> ChunkJudge
  private var threads: [pthread_t] = []

  private var waiting: [Chunk] = []
  /// Chunks whose turn has not come, by number.
  private var begun: [Int: Chunk] = [:]
  private var judged: [Int: (JudgedChunk, Chunk)] = [:]
  /// Numbers of the next chunk to be submitted, to be taken by a thread, to take its turn, and to be given back.
  private var submitted = 0
  private var taken = 0
  private var turn = 0
  private var returned = 0
  private var isFinished = false

  init(count: Int, _ makeJudge: @escaping @Sendable () -> ChunkJudge) {
    self.makeJudge = makeJudge
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(work, nil)
    pthread_cond_init(progress, nil)
    // One that cannot be started is one less that helps.
    for _ in 0..<count { start() }
  }

  deinit {
    pthread_cond_destroy(work)
    pthread_cond_destroy(progress)
    pthread_mutex_destroy(mutex)
    work.deallocate()
    progress.deallocate()
    mutex.deallocate()
  }

  private func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<ChunkWorkers>.fromOpaque(context).takeRetainedValue().judgeAll() }
        return nil
      }, context.toOpaque())
    if status == 0 { threads.append(thread) } else { context.release() }
  }

  // MARK: The thread that reads

  /// Whether a submitted chunk has not come back.
  var hasMore: Bool { locked { returned < submitted } }

  /// Hands a chunk over.
  func submit(_ chunk: Chunk) {
    locked {
      waiting.append(chunk)
      submitted += 1
      pthread_cond_signal(work)
    }
  }

  /// The next chunk in order, where it was judged already.
  func nextIfJudged() -> (JudgedChunk, Chunk)? { locked { takeJudged() } }

  /// Waits for the next chunk in order, and judges others meanwhile. Only while `hasMore`.
  func next(_ judge: ChunkJudge) -> (JudgedChunk, Chunk) {
    while true {
      if let found = nextIfJudged() { return found }
      if let (number, chunk) = locked({ takeWaiting() }) {
        run(judge, number, chunk)
        continue
      }
      return locked {
        while true {
          if let found = takeJudged() { return found }
          pthread_cond_wait(progress, mutex)
        }
      }
    }
  }

  /// Ends the threads and waits for them.
  func finish() {
    locked {
      isFinished = true
      pthread_cond_broadcast(work)
    }
    for thread in threads { pthread_join(thread, nil) }
  }

  private func takeJudged() -> (JudgedChunk, Chunk)? {
    guard let found = judged.removeValue(forKey: returned) else { return nil }
    returned += 1
    return found
  }

  // MARK: Every thread

  private func judgeAll() {
    let judge = makeJudge()
    while let (number, chunk) = locked({ waitForWork() }) { run(judge, number, chunk) }
  }

  private func waitForWork() -> (Int, Chunk)? {
    while waiting.isEmpty, !isFinished { pthread_cond_wait(work, mutex) }
    return takeWaiting()
  }

  private func takeWaiting() -> (Int, Chunk)? {
    guard !waiting.isEmpty else { return nil }
    taken += 1
    return (taken - 1, waiting.removeFirst())
  }

  /// Begins a chunk, and ends every chunk whose turn has come, whoever began it: nobody waits for a turn.
  private func run(_ judge: ChunkJudge, _ number: Int, _ chunk: Chunk) {
    judge.begin(chunk)
    locked { begun[number] = chunk }
    while let (number, chunk) = locked({ takeTurn(judge) }) {
      let result = judge.end(chunk)
      locked {
        judged[number] = (result, chunk)
        pthread_cond_signal(progress)
      }
    }
  }

  /// The chunk whose turn it is, where it was begun. Behind the lock, so that turns come one after another.
  private func takeTurn(_ judge: ChunkJudge) -> (Int, Chunk)? {
    guard let chunk = begun.removeValue(forKey: turn) else { return nil }
    judge.takeTurn(chunk)
    turn += 1
    return (turn - 1, chunk)
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}
