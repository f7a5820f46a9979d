/// Tries fixes on one request: what all rules say afterwards decides which of them are kept.
struct FixTrial {
  /// The request as it is, alone in its file.
  let text: JSONText
  /// What all rules say of it.
  let before: Report.Request
  /// What all rules would say of another text in its place.
  let judge: (JSONText) -> Report.Request
  /// Trials left: a request made to have thousands of fixes must not cost thousands of readings.
  private(set) var budget: Int

  /// One edit that some findings propose together.
  struct Candidate {
    var fix: Fix
    var findings: [Finding]
  }

  /// Which fixes are kept, all at once, and which are not, with why.
  struct Decision {
    var kept: [Candidate] = []
    var declined: [(candidate: Candidate, reason: String)] = []
    /// The request with those that are kept.
    var after: (text: JSONText, report: Report.Request)
  }

  init(_ text: JSONText, before: Report.Request, budget: Int, judge: @escaping (JSONText) -> Report.Request) {
    (self.text, self.before, self.budget, self.judge) = (text, before, budget, judge)
  }

  /// What the open findings propose: equal fixes are one, in the order of the file.
  static func candidates(_ request: Report.Request) -> [Candidate] {
    var candidates: [Candidate] = []
    var indices: [Fix: Int] = [:]
    for finding in request.findings where finding.status == .open {
      guard let fix = finding.fix else { continue }
      if let index = indices[fix] {
        candidates[index].findings.append(finding)
      } else {
        indices[fix] = candidates.count
        candidates.append(Candidate(fix: fix, findings: [finding]))
      }
    }
    return candidates
  }

  /// Those that can be applied at once; where two overlap the first is taken.
  static func separate(_ candidates: [Candidate]) -> (batch: [Candidate], rest: [Candidate]) {
    var batch: [Candidate] = []
    var rest: [Candidate] = []
    var end = -1
    let sorted = candidates.sorted { $0.fix.range.lowerBound < $1.fix.range.lowerBound }
    for candidate in sorted {
      if candidate.fix.range.lowerBound > end {
        batch.append(candidate)
        end = candidate.fix.range.upperBound
      } else {
        rest.append(candidate)
      }
    }
    return (batch, rest)
  }

  /// Tries all of them together, and where that is not to be kept, halves of them: candidates must not overlap.
  mutating func decide(_ candidates: [Candidate]) -> Decision {
    var decision = Decision(after: (text, before))
    decide(candidates[...], &decision)
    return decision
  }

  private mutating func decide(_ candidates: ArraySlice<Candidate>, _ decision: inout Decision) {
    guard let first = candidates.first else { return }
    guard budget > 0 else {
      decision.declined += candidates.map { ($0, "too much of this request would have to be tried") }
      return
    }
    budget -= 1
    let all = decision.kept + candidates
    let edited = Self.applying(all, to: text)
    let report = judge(edited)
    let reason = objection(to: all, report)
    guard let reason else {
      decision.kept = all
      decision.after = (edited, report)
      return
    }
    guard candidates.count > 1 else { return decision.declined.append((first, reason)) }
    let middle = candidates.startIndex + candidates.count / 2
    decide(candidates[..<middle], &decision)
    decide(candidates[middle...], &decision)
  }

  private func objection(to candidates: [Candidate], _ report: Report.Request) -> String? {
    let isSafe = candidates.allSatisfy { $0.fix.safety == .safe }
    let effect = FixEffect(before: before, after: report, safety: isSafe ? .safe : .unsafe)
    if let objection = effect.objection { return objection }
    let isMended = candidates.allSatisfy { $0.findings.contains(where: effect.mends) }
    return isMended ? nil : "the finding would stay"
  }

  private static func applying(_ candidates: [Candidate], to text: JSONText) -> JSONText {
    text.replacingBytes(Fix.applying(candidates.flatMap(\.fix.edits), to: text.file.bytes))
  }
}

extension JSONText {
  /// The text alone in a file of its own, at the same address.
  var alone: JSONText { replacingBytes(Array(file.bytes[range])) }

  /// Another text at the same address, alone in its file.
  func replacingBytes(_ bytes: [UInt8]) -> JSONText {
    JSONText(file: SourceFile(path: file.path, bytes: bytes), range: 0..<bytes.count, pointer: pointer)
  }
}
