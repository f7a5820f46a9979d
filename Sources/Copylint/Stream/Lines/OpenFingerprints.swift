/// The fingerprints of requests whose lines are written but for them: how many requests before were alike is not known
/// until it is a chunk's turn.
///
/// Says what `Fingerprints` says.
struct OpenFingerprints: ~Copyable {
  /// What is to be filled in for one request.
  struct Request {
    let identity: RequestOrdinals.Identity
    /// Its part of the input, in `inputs`.
    fileprivate var input: Range<Int>
    /// In `findings`.
    fileprivate var findings: Range<Int>
  }

  private struct Finding {
    /// The room in the output.
    var room: Int
    var input: Range<Int>
    /// How many findings of the request before it have the same input.
    var repeats: Int
  }

  private var inputs = ByteBuffer()
  private var findings: [Finding] = []

  /// Forgets everything.
  mutating func removeAll() {
    inputs.cut()
    findings.removeAll(keepingCapacity: true)
  }

  /// Begins a request.
  mutating func begin(_ identity: RequestOrdinals.Identity, path: ByteString, _ request: ScannedRequest) -> Request {
    let start = inputs.count
    path.bytes.withUnsafeBufferPointer { append($0) }
    append(request.sourceModelArn)
    append(request.targetModelName)
    return Request(identity: identity, input: start..<inputs.count, findings: findings.count..<findings.count)
  }

  /// Adds a finding to a request that was begun; returns its number. `room` is given later.
  mutating func add(_ violation: Violation, _ rule: RuleText, to request: inout Request) -> Int {
    let start = inputs.count
    inputs.append(rule.identity)
    violation.subject.bytes.withUnsafeBufferPointer { append($0) }
    if let value = violation.value { value.bytes.withUnsafeBufferPointer { append($0) } } else { append(.absent) }
    let input = start..<inputs.count
    let text = inputs.span.part(input.lowerBound, input.upperBound)
    let repeats = findings[request.findings].count { other in
      inputs.span.part(other.input.lowerBound, other.input.upperBound).isSame(as: text)
    }
    findings.append(Finding(room: 0, input: input, repeats: repeats))
    request.findings = request.findings.lowerBound..<findings.count
    return findings.count - 1
  }

  /// Says where the fingerprint of a finding goes.
  mutating func setRoom(_ room: Int, of finding: Int) { findings[finding].room = room }

  /// Length first, as `Fingerprints` has it.
  private mutating func append(_ part: Span) {
    inputs.append(decimal: part.count)
    inputs.append(UInt8(ascii: ":"))
    inputs.append(span: part)
  }

  /// Fills a request's fingerprints in.
  mutating func fill(_ request: Request, ordinal: Int, in output: inout ByteBuffer) {
    guard !request.findings.isEmpty else { return }
    var common = RunningSHA256()
    common.add(inputs.span.part(request.input.lowerBound, request.input.upperBound))
    let end = inputs.count
    appendNumber(ordinal)
    common.add(inputs.span.part(end, inputs.count))
    inputs.cut(to: end)
    for finding in findings[request.findings] {
      var digest = common
      digest.add(inputs.span.part(finding.input.lowerBound, finding.input.upperBound))
      if finding.repeats > 0 { Array("#\(finding.repeats)".utf8).withUnsafeBufferPointer { digest.add($0) } }
      output.withRoom(at: finding.room) { digest.finish(hexadecimal: $0) }
    }
  }

  private mutating func appendNumber(_ number: Int) {
    var digits = ByteBuffer()
    digits.append(decimal: number)
    append(digits.span)
  }
}
