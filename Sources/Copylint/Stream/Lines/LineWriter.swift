/// Writes requests as lines of `jsonl`, straight from what the scanner read and the plan says: one input after another.
///
/// What is wrong is said by the plan's checks, in the words of the kinds, or by the kinds themselves. For one thread.
// INVARIANT: a line is, byte for byte, what `RequestJSON` writes of the `Report.Request` that the reference makes.
final class LineWriter {
  private var input = Linter.Input(path: "", declarations: [])
  private let today: CalendarDate
  private let offersFixes: Bool
  private var head = OwnedSpan(nil)
  /// The path's part of a fingerprint's input.
  private var pathPart = OwnedSpan(nil)
  /// What declares a target where no envelope does, or null.
  private var declaredBy = OwnedSpan(nil)
  /// Of one plan, each made when a rule first fails.
  private var rules: [RuleText?] = []
  private var plan: RulePlan?

  init(_ linter: Linter) { (today, offersFixes) = (linter.today, linter.offersFixes) }

  /// Goes on with another input.
  func turn(to input: Linter.Input, declaredBy: String?) {
    self.input = input
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("path", input.path)
      writer.key("line")
    }
    head = OwnedSpan(ByteString(writer.bytes.dropLast()))
    pathPart = OwnedSpan(Fingerprint.part(input.policyPath ?? input.path))
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
    guard !Self.hasLoneCR(judged.text) else { return false }
    var context: RequestContext?
    for index in judged.plan.failed {
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

  /// Whether a CR without an LF ends a line, as `PlaceCursor` has none.
  private static func hasLoneCR(_ text: Span) -> Bool {
    var at = 0
    while let found = text.offset(of: 0x0D, from: at) {
      guard found + 1 < text.count, text[found + 1] == 0x0A else { return true }
      at = found + 2
    }
    return false
  }

  private func ruleText(_ index: Int, _ plan: RulePlan) -> RuleText {
    if plan !== self.plan { (self.plan, rules) = (plan, []) }
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
      request: CopyRequest(context.request, in: Document(known: JSONText(file))),
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
    let request = judged.context.request
    var (start, end) = (PlaceCursor(judged.text, line: judged.line), PlaceCursor(judged.text, line: judged.line))
    let isPlain = request.isASCII && judged.text.part(0, request.places.request.upperBound).offset(of: 0x0A) == nil
    for index in told.findings.indices {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      let finding = told.findings[index]
      let place = finding.place
      output.append(span: told.text.span.part(finding.start, finding.end))
      if isPlain {
        writeRegion(
          SourcePosition(line: judged.line, column: place.lowerBound + 1),
          SourcePosition(line: judged.line, column: place.upperBound + 1), to: &output)
      } else {
        writeRegion(start.move(to: place.lowerBound), end.move(to: place.upperBound), to: &output)
      }
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

  private func writeRegion(_ start: SourcePosition, _ end: SourcePosition, to output: inout ByteBuffer) {
    output.append(",\"region\":{\"startLine\":")
    output.append(decimal: start.line)
    output.append(",\"startColumn\":")
    output.append(decimal: start.column)
    output.append(",\"endLine\":")
    output.append(decimal: end.line)
    output.append(",\"endColumn\":")
    output.append(decimal: end.column)
    output.append("},\"fingerprint\":\"")
  }
}
