/// What is wrong with one request after another, as JSON text that is not in order of places yet, and without regions
/// and fingerprints.
struct ToldFindings: ~Copyable {
  /// One finding.
  struct Finding {
    let rule: Unmanaged<RuleText>
    /// From its brace to the end of its pointer, in `text`.
    let start: Int
    let end: Int
    /// The bytes of the request that are wrong.
    let place: Range<Int>
    /// Its number among the open fingerprints.
    let fingerprint: Int
  }

  /// How much there was before a rule.
  struct Mark {
    fileprivate let findings: Int
    fileprivate let text: Int
    fileprivate let fingerprints: OpenFingerprints.Mark
  }

  private(set) var findings: [Finding] = []
  private(set) var text = ByteBuffer()
  var fingerprints = OpenFingerprints()
  /// Whether there is an error among them.
  private(set) var hasError = false
  /// Whether findings come with the edits that would mend them, which are for the reference to make.
  private(set) var offersFixes = false
  private var request = OpenFingerprints.Request(0)

  /// Begins a request of the path whose part of a fingerprint is given.
  mutating func begin(
    _ scanned: ScannedRequest, pathPart: Span, offersFixes: Bool
  ) {
    self.offersFixes = offersFixes
    hasError = false
    findings.removeAll(keepingCapacity: true)
    text.cut()
    request = fingerprints.begin(pathPart: pathPart, scanned)
  }

  /// What is to be filled in for the request.
  var openRequest: OpenFingerprints.Request { request }

  var mark: Mark { Mark(findings: findings.count, text: text.count, fingerprints: fingerprints.mark) }

  /// Forgets what was told since, but for whether it was an error.
  mutating func cut(to mark: Mark) {
    findings.removeLast(findings.count - mark.findings)
    text.cut(to: mark.text)
    fingerprints.cut(to: mark.fingerprints, &request)
  }

  /// By insertion: there are few, and what is at one place stays in order.
  mutating func sortByPlace() {
    for index in findings.indices.dropFirst() {
      var at = index
      while at > 0, findings[at - 1].place.lowerBound > findings[at].place.lowerBound {
        findings.swapAt(at - 1, at)
        at -= 1
      }
    }
  }

  // MARK: Telling

  /// Tells a violation of a rule in the words of its templates. False where it is for the rule's kind to say, for it may
  /// propose an edit.
  mutating func tell(
    _ rule: RuleText, _ message: TextTemplate, help: TextTemplate?, _ first: FindingValue = .absent,
    _ second: FindingValue = .absent, at anchor: FindingAnchor, of scanned: ScannedRequest, subject: Span,
    value: FindingValue
  ) -> Bool {
    if offersFixes, value.mayBeTrimmed { return false }
    let start = text.count
    text.append(span: rule.head.span)
    message.append(first, second, to: &text)
    text.append(span: rule.afterMessage.span)
    if !rule.hasHelp, let help {
      text.append(",\"help\":\"")
      help.append(first, second, to: &text)
      text.append(UInt8(ascii: "\""))
    }
    scanned.appendPointer(to: anchor, &text)
    add(rule, start, scanned.place(of: anchor), fingerprints.add(rule, subject, value, to: &request))
    return true
  }

  /// Tells a violation as its kind has it.
  mutating func tell(_ rule: RuleText, _ violation: Violation, at place: Range<Int>, of scanned: ScannedRequest) {
    let start = text.count
    text.append(span: rule.head.span)
    JSONStringText.append(content: violation.message, to: &text)
    text.append(span: rule.afterMessage.span)
    if !rule.hasHelp, let help = violation.help {
      text.append(",\"help\":")
      JSONStringText.append(help, to: &text)
    }
    scanned.appendPointer(violation.pointer, to: &text)
    let fingerprint = violation.subject.bytes.withUnsafeBufferPointer { subject in
      guard let value = violation.value else { return fingerprints.add(rule, subject, .absent, to: &request) }
      return value.bytes.withUnsafeBufferPointer { fingerprints.add(rule, subject, .bytes($0), to: &request) }
    }
    add(rule, start, violation.wrongBytes(of: place), fingerprint)
  }

  private mutating func add(_ rule: RuleText, _ start: Int, _ place: Range<Int>, _ fingerprint: Int) {
    hasError = hasError || rule.isError
    findings.append(
      Finding(
        rule: .passUnretained(rule), start: start, end: text.count, place: place, fingerprint: fingerprint))
  }
}

extension FindingValue {
  /// Whether there is white space around it, which an edit could remove.
  fileprivate var mayBeTrimmed: Bool {
    guard case .bytes(let bytes) = self, let first = bytes.first, let last = bytes.last else { return false }
    return FixProposal.isWhiteSpace(first) || FixProposal.isWhiteSpace(last)
  }
}
