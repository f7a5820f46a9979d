/// The fingerprints of requests whose lines are written but for them: how many requests before were alike is not known
/// until it is a chunk's turn.
///
/// Says what `Fingerprint` says.
struct OpenFingerprints: ~Copyable {
  /// What is to be filled in for one request.
  struct Request {
    /// Its part of the input, in `inputs`.
    fileprivate var input: Range<Int>
    /// In `findings`.
    fileprivate var findings: Range<Int>

    /// Nothing yet, at an offset.
    init(_ start: Int) { (input, findings) = (start..<start, start..<start) }
  }

  private struct Finding {
    /// The room in the output.
    var room: Int
    var input: Range<Int>
    /// How many findings of the request before it have the same input.
    var repeats: Int
  }

  /// How much there was.
  struct Mark {
    fileprivate let inputs: Int
    fileprivate let findings: Int
  }

  private var inputs = ByteBuffer()
  private var findings: [Finding] = []

  /// Forgets everything.
  mutating func removeAll() {
    inputs.cut()
    findings.removeAll(keepingCapacity: true)
  }

  var mark: Mark { Mark(inputs: inputs.count, findings: findings.count) }

  /// Forgets what was added to a request since.
  mutating func cut(to mark: Mark, _ request: inout Request) {
    inputs.cut(to: mark.inputs)
    findings.removeLast(findings.count - mark.findings)
    request.findings = request.findings.lowerBound..<mark.findings
  }

  /// Begins a request of the path whose part of the input is given.
  mutating func begin(pathPart: Span, _ scanned: ScannedRequest) -> Request {
    var request = Request(inputs.count)
    inputs.append(span: pathPart)
    inputs.append(delimited: scanned.sourceModelArn)
    inputs.append(delimited: scanned.targetModelName)
    request.input = request.input.lowerBound..<inputs.count
    request.findings = findings.count..<findings.count
    return request
  }

  /// Adds a finding to a request that was begun; returns its number. `room` is given later.
  mutating func add(_ rule: RuleText, _ subject: Span, _ value: FindingValue, to request: inout Request) -> Int {
    let start = inputs.count
    inputs.append(span: rule.identity.span)
    inputs.append(delimited: subject)
    switch value {
    case .absent: inputs.append(delimited: .absent)
    case .bytes(let bytes): inputs.append(delimited: bytes)
    case .number(let number): append(number: number)
    }
    let input = start..<inputs.count
    findings.append(Finding(room: 0, input: input, repeats: repeats(of: input, in: request)))
    request.findings = request.findings.lowerBound..<findings.count
    return findings.count - 1
  }

  private func repeats(of input: Range<Int>, in request: Request) -> Int {
    let text = inputs.span.part(input.lowerBound, input.upperBound)
    var repeats = 0
    for index in request.findings {
      let other = findings[index].input
      if inputs.span.part(other.lowerBound, other.upperBound).isSame(as: text) { repeats += 1 }
    }
    return repeats
  }

  /// Says where the fingerprint of a finding goes.
  mutating func setRoom(_ room: Int, of finding: Int) { findings[finding].room = room }

  /// The digits of a number.
  private mutating func append(number: Int) {
    inputs.append(decimal: ByteBuffer.digits(of: number))
    inputs.append(UInt8(ascii: ":"))
    inputs.append(decimal: number)
  }

  /// Fills a request's fingerprints in.
  mutating func fill(_ request: Request, ordinal: Int, in output: inout ByteBuffer) {
    guard !request.findings.isEmpty else { return }
    var common = RunningSHA256()
    common.add(inputs.span.part(request.input.lowerBound, request.input.upperBound))
    let end = inputs.count
    append(number: ordinal)
    common.add(inputs.span.part(end, inputs.count))
    inputs.cut(to: end)
    for index in request.findings {
      let finding = findings[index]
      var digest = common
      digest.add(inputs.span.part(finding.input.lowerBound, finding.input.upperBound))
      if finding.repeats > 0 { Array("#\(finding.repeats)".utf8).withUnsafeBufferPointer { digest.add($0) } }
      output.withRoom(at: finding.room) { digest.finish(hexadecimal: $0) }
    }
  }
}
