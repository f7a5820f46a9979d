/// Writes requests as lines of `jsonl`, straight from what the scanner read and the plan says.
///
/// What is wrong is still said by the kinds; this spares everything between them and the bytes. For one thread.
// INVARIANT: a line is, byte for byte, what `RequestJSON` writes of the `Report.Request` that the reference makes.
final class LineWriter {
  private let input: Linter.Input
  private let today: CalendarDate
  private let offersFixes: Bool
  private let identityPath: ByteString
  private let head: [UInt8]
  /// Made when a rule first fails.
  private var rules: [RuleText?] = []
  /// Those of the request that is being written.
  private var found: [Found] = []

  private struct Found {
    var rule: Int
    var violation: Violation
    var place: Range<Int>
    /// Its number among the open fingerprints.
    var fingerprint: Int
  }

  init(_ linter: Linter, _ input: Linter.Input) {
    (self.input, today, offersFixes) = (input, linter.today, linter.offersFixes)
    identityPath = input.policyPath ?? input.path
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("path", input.path)
      writer.key("line")
    }
    head = writer.bytes.dropLast()
  }

  /// What is to be written: a request on one line, with what a plan said of it.
  struct Judged {
    let request: ScannedRequest
    let plan: RulePlan
    let target: DeclaredTarget.Parts
    let declaredBy: String?
    let line: Int
    let text: Span
  }

  /// Writes a line, but for its fingerprints. Nil where that is for the reference to do; nothing is written then.
  func write(
    _ judged: Judged, isCompliant: Bool, to output: inout ByteBuffer, _ fingerprints: inout OpenFingerprints
  ) -> OpenFingerprints.Request? {
    found.removeAll(keepingCapacity: true)
    if !isCompliant { guard find(judged) else { return nil } }
    let identity = RequestOrdinals.Identity(
      path: identityPath, source: judged.request.sourceModelArn, name: judged.request.targetModelName)
    var request = fingerprints.begin(identity, path: identityPath, judged.request)
    for index in found.indices {
      guard let rule = rules[found[index].rule] else { continue }
      found[index].fingerprint = fingerprints.add(found[index].violation, rule, to: &request)
    }
    sortByPlace()
    writeRequest(judged, to: &output, &fingerprints)
    return request
  }

  // MARK: Finding

  /// Asks the kinds of the failing rules what is wrong; false where a place is not known, or a fix is to be offered.
  private func find(_ judged: Judged) -> Bool {
    // A lone CR ends a line.
    guard judged.text.offset(of: 0x0D) == nil else { return false }
    let file = SourceFile(path: input.path, bytes: Array(judged.text), firstLine: judged.line)
    let context = RequestContext(
      request: CopyRequest(judged.request, in: Document(scanned: JSONText(file))),
      target: judged.target.target, path: input.policyPath)
    return judged.plan.everyFailure { index, rule, severity in
      if rules.count <= index { rules += Array(repeating: nil, count: index + 1 - rules.count) }
      if rules[index] == nil { rules[index] = RuleText(rule, severity, today: today) }
      let outcome = rule.kind.check(context)
      for violation in outcome.violations {
        guard violation.part == .value, let place = judged.request.place(of: violation.pointer),
          violation.fix == nil || !offersFixes
        else { return false }
        found.append(
          Found(rule: index, violation: violation, place: violation.wrongBytes(of: place), fingerprint: 0))
      }
      return !outcome.violations.isEmpty
    }
  }

  /// By insertion: there are few, and what is at one place stays in order.
  private func sortByPlace() {
    for index in found.indices.dropFirst() {
      var at = index
      while at > 0, found[at - 1].place.lowerBound > found[at].place.lowerBound {
        found.swapAt(at - 1, at)
        at -= 1
      }
    }
  }

  // MARK: Writing

  private func writeRequest(_ judged: Judged, to output: inout ByteBuffer, _ fingerprints: inout OpenFingerprints) {
    let isDenied = found.contains { judged.plan.severity(of: $0.rule) == .error }
    output.append(head)
    output.append(decimal: judged.line)
    output.append(",\"pointer\":\"\",\"verdict\":\"")
    output.append(isDenied ? "denied" : "compliant")
    output.append("\",\"target\":{\"region\":")
    write(judged.target.region, to: &output)
    output.append(",\"account\":")
    write(judged.target.account, to: &output)
    output.append(",\"declaredBy\":")
    write(judged.declaredBy, to: &output)
    writeCounts(judged.plan.counts, to: &output)
    output.append(",\"findings\":[")
    var columns = (start: ColumnCursor(judged.text), end: ColumnCursor(judged.text))
    for index in found.indices {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      let place = found[index].place
      write(
        found[index], judged, (columns.start.move(to: place.lowerBound), columns.end.move(to: place.upperBound)),
        to: &output, &fingerprints)
    }
    output.append("]}\n")
  }

  private func write(_ value: String?, to output: inout ByteBuffer) {
    if let value { JSONStringText.append(value, to: &output) } else { output.append("null") }
  }

  private func write(_ value: Span, to output: inout ByteBuffer) {
    if value.isPresent { JSONStringText.append(value, to: &output) } else { output.append("null") }
  }

  private func writeCounts(_ counts: VerdictCounts, to output: inout ByteBuffer) {
    output.append("},\"rules\":{\"pass\":")
    output.append(decimal: counts[.pass] + ReservedRules.all.count)
    output.append(",\"fail\":")
    output.append(decimal: counts[.fail])
    output.append(",\"notApplicable\":")
    output.append(decimal: counts[.notApplicable])
    output.append(",\"unknown\":0}")
  }

  private func write(
    _ found: Found, _ judged: Judged, _ columns: (Int, Int), to output: inout ByteBuffer,
    _ fingerprints: inout OpenFingerprints
  ) {
    guard let rule = rules[found.rule] else { return }
    output.append(rule.head)
    JSONStringText.append(rule.enforcement.map { found.violation.message + $0 } ?? found.violation.message, to: &output)
    if let help = rule.help {
      output.append(help)
    } else if let help = found.violation.help {
      output.append(",\"help\":")
      JSONStringText.append(help, to: &output)
    }
    write(found.violation.pointer, isEnvelope: judged.request.isEnvelope, to: &output)
    write(columns, line: judged.line, to: &output)
    fingerprints.setRoom(output.leaveRoom(SHA256Digest.hexadecimalCount), of: found.fingerprint)
    output.append(rule.tail)
  }

  /// Names of members only, none of which needs an escape.
  private func write(_ pointer: JSONPointer, isEnvelope: Bool, to output: inout ByteBuffer) {
    output.append(",\"pointer\":\"")
    if isEnvelope { output.append("/request") }
    for token in pointer.tokens {
      output.append(UInt8(ascii: "/"))
      switch token {
      case .index(let index): output.append(decimal: index)
      case .key(let key): output.append(key.bytes)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private func write(_ columns: (start: Int, end: Int), line: Int, to output: inout ByteBuffer) {
    output.append(",\"region\":{\"startLine\":")
    output.append(decimal: line)
    output.append(",\"startColumn\":")
    output.append(decimal: columns.start)
    output.append(",\"endLine\":")
    output.append(decimal: line)
    output.append(",\"endColumn\":")
    output.append(decimal: columns.end)
    output.append("},\"fingerprint\":\"")
  }
}

/// Turns byte offsets into a line into columns, going on from the last one: places come nearly sorted.
private struct ColumnCursor {
  private let text: Span
  private var offset = 0
  private var column = 1

  init(_ text: Span) { self.text = text }

  mutating func move(to target: Int) -> Int {
    let passed = text.part(min(offset, target), max(offset, target)).codePointCount
    column += target < offset ? -passed : passed
    offset = target
    return column
  }
}
