/// The policy as it stands in front of calls on their way to Bedrock: loaded once, then asked from many threads.
///
/// A call has no path: every pack of the configuration judges it, those for some paths too, and a waiver that names a
/// path covers nothing.
///
/// A class: every call takes it, and copies of a struct would have the references of all its parts counted each time.
public final class CallPolicy: Sendable {
  /// The packs in force, bases first.
  public let packs: [Report.Pack]
  /// Names of the rules that a finding may have, `pack/id`, sorted.
  public let ruleNames: [String]
  /// What is wrong with the waivers themselves: it concerns no call.
  public let waiverReports: [Report.Request]
  /// Digests of everything that it was read from: two policies with the same ones say the same of a call.
  public let sources: [String]
  private let rules: RuleSet
  private let waivers: Waivers
  private let judges = CallJudges()

  /// Loads configuration, packs and waivers. Throws where one of them cannot be used: there is no partial policy.
  public init(_ options: CheckOptions) throws(PolicyErrors) {
    var policy = Policy(options.policyOptions)
    rules = policy.rules(for: nil)
    let waiverFiles = WaiverFiles(policy.loaded)
    let problems = policy.diagnostics + waiverFiles.diagnostics
    guard problems.isEmpty else { throw PolicyErrors(problems) }
    waivers = Waivers(waiverFiles.files, rules: policy.rulesByName())
    packs = policy.reported
    let others = [policy.loaded.file].compactMap { $0?.bytes } + waiverFiles.files.compactMap { $0.source?.bytes }
    sources = packs.map(\.sha256) + others.map { SHA256Digest.hexadecimal($0) }
    ruleNames = Set(ReservedRules.all.map(\.name) + rules.rules.map(\.name)).map { ByteString($0) }.sorted().map(
      \.displayString)
    waiverReports = WaiverReview(waivers: waivers, today: options.today, warningDays: options.waiverWarningDays)
      .reports(used: nil, at: .gate)
  }

  /// The same for people: a block of text each, with its place, the line, and what to do.
  public var waiverBlocks: [String] {
    var rendering = TextRendering(color: false)
    return waiverReports.flatMap(\.findings).map { rendering.block($0) }
  }

  /// The first line of each: `path:line:col: severity: message [rule]`.
  public var waiverHeadings: [String] {
    var rendering = TextRendering(color: false)
    return waiverReports.flatMap(\.findings).map { String(Substring(rendering.heading($0).utf8.dropLast())) }
  }

  /// Where a call goes, as far as it is known.
  public struct Destination: Sendable {
    /// The Region that the call's signature names.
    public var region: String
    /// The account of the credentials that it is sent with, 12 digits.
    public var account: String?

    /// A destination.
    public init(region: String, account: String? = nil) {
      self.region = region
      self.account = account
    }
  }

  /// Judges the body of one call on a day. What is no request, or an envelope around one, is unreadable.
  public func judge(
    _ body: [UInt8], to destination: Destination, today: CalendarDate, maxBytes: Int = 1 << 20
  ) -> Submission {
    judgeByPlan(body, to: destination, today: today, maxBytes: maxBytes)
      ?? judgeByReference(body, to: destination, today: today, maxBytes: maxBytes)
  }

  /// The same by a plan of the rules; nil where that cannot say.
  func judgeByPlan(
    _ body: [UInt8], to destination: Destination, today: CalendarDate, maxBytes: Int = 1 << 20
  ) -> Submission? {
    judges.use(rules, waivers, today: today) { $0.judge(body, to: destination, maxBytes: maxBytes) }
  }

  /// The same by the rules themselves.
  func judgeByReference(
    _ body: [UInt8], to destination: Destination, today: CalendarDate, maxBytes: Int = 1 << 20
  ) -> Submission {
    let text = Self.text(body)
    let copy: ProposedCopy
    do throws(Diagnostic) {
      copy = try ProposedCopy(try Document(text, limits: JSONLimits(maxBytes: maxBytes)))
      if copy.envelope != nil {
        throw Diagnostic(
          "the body of a call is the request itself, without an envelope", at: copy.document.place(of: JSONPointer()))
      }
    } catch {
      return Submission(report: .unreadable(error, text, path: Self.path))
    }
    var linter = Self.linter(waivers, today)
    let report = linter.judge(copy, Self.input(destination), rules, ordinal: 0)
    return Submission(report: report, values: CopyValues(copy.request))
  }

  static let path: ByteString = "body"

  static func text(_ body: [UInt8]) -> JSONText { JSONText(SourceFile(path: path, bytes: body)) }

  static func linter(_ waivers: Waivers, _ today: CalendarDate) -> Linter {
    var linter = Linter(today: today, stage: .gate)
    linter.remembersRequests = false
    linter.suppressions.waivers = waivers
    return linter
  }

  static func input(_ destination: Destination) -> Linter.Input {
    var declarations = [TargetDeclaration(source: .signature, region: ByteString(destination.region))]
    if let account = destination.account {
      declarations.append(TargetDeclaration(source: .credentials, account: ByteString(account)))
    }
    return Linter.Input(path: path, policyPath: nil, declarations: declarations)
  }
}

extension Submission {
  /// Whether a rule could not be decided for want of the account.
  public var needsAccount: Bool { report.causes.contains(.targetAccount) }
}
