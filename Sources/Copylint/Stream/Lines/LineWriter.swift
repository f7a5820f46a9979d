/// Writes requests as lines of `jsonl`, straight from what the scanner read and the plan says.
///
/// What is wrong is said by the plan's checks, in the words of the kinds, or by the kinds themselves. For one thread.
// INVARIANT: a line is, byte for byte, what `RequestJSON` writes of the `Report.Request` that the reference makes.
final class LineWriter {
  private let input: Linter.Input
  private let today: CalendarDate
  private let offersFixes: Bool
  private let head: OwnedSpan
  /// The path's part of a fingerprint's input.
  private let pathPart: OwnedSpan
  /// What declares a target where no envelope does, or null.
  private let declaredBy: OwnedSpan
  /// Made when a rule first fails.
  private var rules: [RuleText?] = []

  init(_ linter: Linter, _ input: Linter.Input, declaredBy: String?) {
    (self.input, today, offersFixes) = (input, linter.today, linter.offersFixes)
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("path", input.path)
      writer.key("line")
    }
    head = OwnedSpan(ByteString(writer.bytes.dropLast()))
    pathPart = OwnedSpan(ByteString(Fingerprints.part((input.policyPath ?? input.path).bytes)))
    var declaration = JSONWriter()
    declaration.object { $0.member("declaredBy", orNull: declaredBy.map { ByteString($0) }) }
    self.declaredBy = OwnedSpan(ByteString(declaration.bytes.dropFirst()))
  }

  /// What is to be written: a request on one line, with what a plan said of it.
  struct Judged {
    let plan: RulePlan
    let context: PlanContext
    let isFromEnvelope: Bool
    let isCompliant: Bool
    let line: Int
    let text: Span
  }

  /// Writes a line, but for its fingerprints. Nil where that is for the reference to do; nothing is written then.
  func write(
    _ judged: borrowing Judged, to output: inout ByteBuffer, _ told: inout ToldFindings
  ) -> OpenFingerprints.Request? {
    told.begin(judged.context.request, pathPart: pathPart.span, offersFixes: offersFixes)
    if !judged.isCompliant {
      guard tell(judged, &told) else { return nil }
      told.sortByPlace()
    }
    writeRequest(judged, to: &output, &told)
    return told.openRequest
  }

  // MARK: Finding

  /// Says what is wrong by every failing rule; false where a place is not known, or a fix is to be offered.
  private func tell(_ judged: borrowing Judged, _ told: inout ToldFindings) -> Bool {
    // A lone CR ends a line.
    guard judged.text.offset(of: 0x0D) == nil else { return false }
    var context: RequestContext?
    for index in judged.plan.outcomes.indices {
      guard case .fail = judged.plan.outcomes[index] else { continue }
      let text = ruleText(index, judged.plan)
      let mark = told.mark
      if judged.plan.tell(index, judged.context, text, to: &told) { continue }
      told.cut(to: mark)
      let made = context ?? requestContext(judged)
      context = made
      guard tell(judged.plan.rules[index], text, made, judged.context.request, &told) else { return false }
    }
    return true
  }

  private func ruleText(_ index: Int, _ plan: RulePlan) -> RuleText {
    if index < rules.count, let known = rules[index] { return known }
    if rules.count <= index { rules += Array(repeating: nil, count: index + 1 - rules.count) }
    let made = RuleText(plan.rules[index], plan.severity(of: index), today: today)
    rules[index] = made
    return made
  }

  private func requestContext(_ judged: borrowing Judged) -> RequestContext {
    let file = SourceFile(path: input.path, bytes: Array(judged.text), firstLine: judged.line)
    let context = judged.context
    return RequestContext(
      request: CopyRequest(context.request, in: Document(scanned: JSONText(file))),
      target: Target(region: Member(context.region).value, account: Member(context.account).value),
      path: input.policyPath)
  }

  /// Asks a rule's kind what is wrong.
  private func tell(
    _ rule: Rule, _ text: RuleText, _ context: RequestContext, _ scanned: ScannedRequest, _ told: inout ToldFindings
  ) -> Bool {
    let outcome = rule.kind.check(context)
    for violation in outcome.violations {
      guard violation.part == .value, let place = scanned.place(of: violation.pointer),
        violation.fix == nil || !offersFixes
      else { return false }
      told.tell(text, violation, at: place, of: scanned)
    }
    return !outcome.violations.isEmpty
  }

  // MARK: Writing

  private func writeRequest(
    _ judged: borrowing Judged, to output: inout ByteBuffer, _ told: inout ToldFindings
  ) {
    output.append(span: head.span)
    output.append(decimal: judged.line)
    output.append(",\"pointer\":\"\",\"verdict\":\"")
    output.append(told.hasError ? "denied" : "compliant")
    output.append("\",\"target\":{\"region\":")
    write(judged.context.region, to: &output)
    output.append(",\"account\":")
    write(judged.context.account, to: &output)
    output.append(",")
    if judged.isFromEnvelope {
      output.append("\"declaredBy\":\"envelope\"}")
    } else {
      output.append(span: declaredBy.span)
    }
    writeCounts(judged.plan.counts, to: &output)
    output.append(",\"findings\":[")
    let text = judged.text
    var columns = (start: ColumnCursor(text), end: ColumnCursor(text))
    let isASCII = judged.context.request.isASCII
    for index in told.findings.indices {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      let finding = told.findings[index]
      let place = finding.place
      output.append(span: told.text.span.part(finding.start, finding.end))
      writeRegion(
        isASCII ? place.lowerBound + 1 : columns.start.move(to: place.lowerBound),
        isASCII ? place.upperBound + 1 : columns.end.move(to: place.upperBound), line: judged.line, to: &output)
      told.fingerprints.setRoom(output.leaveRoom(SHA256Digest.hexadecimalCount), of: finding.fingerprint)
      finding.rule._withUnsafeGuaranteedRef { output.append(span: $0.tail.span) }
    }
    output.append("]}\n")
  }

  private func write(_ value: Span, to output: inout ByteBuffer) {
    if value.isPresent { JSONStringText.append(value, to: &output) } else { output.append("null") }
  }

  private func writeCounts(_ counts: VerdictCounts, to output: inout ByteBuffer) {
    output.append(",\"rules\":{\"pass\":")
    output.append(decimal: counts[.pass] + ReservedRules.all.count)
    output.append(",\"fail\":")
    output.append(decimal: counts[.fail])
    output.append(",\"notApplicable\":")
    output.append(decimal: counts[.notApplicable])
    output.append(",\"unknown\":0}")
  }

  private func writeRegion(_ start: Int, _ end: Int, line: Int, to output: inout ByteBuffer) {
    output.append(",\"region\":{\"startLine\":")
    output.append(decimal: line)
    output.append(",\"startColumn\":")
    output.append(decimal: start)
    output.append(",\"endLine\":")
    output.append(decimal: line)
    output.append(",\"endColumn\":")
    output.append(decimal: end)
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
