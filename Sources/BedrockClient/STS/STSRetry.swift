/// Up to three attempts of a call that may be repeated without harm, with pauses that grow and differ.
struct STSRetry {
  let time: any TimeSource

  private static let attempts = 3

  /// The first response that is final, or the last one; nil where there was none.
  func run(_ attempt: () async -> HTTPResponse?) async -> HTTPResponse? {
    var last: HTTPResponse?
    for number in 0..<Self.attempts {
      if number > 0 { try? await time.sleep(for: .milliseconds(Int.random(in: 0...(500 << number)))) }
      last = await attempt()
      if let last, !STSReply.isTransient(last) { return last }
      if Task.isCancelled { return nil }
    }
    return last
  }
}
