/// What `copylint waive` does: finds what fails, and writes the waiver that covers it.
public struct WaiverWriter {
  /// What was written and where, for people.
  public let lines: [String]

  /// Writes an entry for the findings of `rule` in the one file that `options.paths` names, on `line` where it is given,
  /// into the first file of waivers that the configuration names; makes that file where it is not there. Without
  /// `namesPath` the entry names the target and the source model in place of the path, and so counts at the gate too.
  ///
  /// Throws, with nothing written, when the configuration or its waivers cannot be used, when there is no such finding, it
  /// cannot be waived, or it is not clear which one is meant, and when the terms will not do.
  public init(
    _ rule: String, line: Int?, namesPath: Bool = true, _ terms: WaiverTerms, _ options: CheckOptions
  ) throws(PolicyErrors) {
    var policy = Policy(options.policyOptions)
    guard policy.isUsable else { throw PolicyErrors(policy.diagnostics) }
    let target = try Self.target(of: policy.loaded, options)
    let folder = try Self.lock(Path.parent(target))
    defer { withExtendedLifetime(folder) {} }
    let files = WaiverFiles(policy.loaded, mayMakeFirst: true)
    guard files.diagnostics.isEmpty, let file = files.files.first, let source = file.source else {
      throw PolicyErrors(files.diagnostics)
    }
    let found = try WaivedFindings(options, &policy, files.files)
    let rules = policy.rulesByName()
    do throws(Diagnostic) {
      let items = try found.of(ByteString(rule), line: line)
      try Self.check(terms, ByteString(rule), rules, options.today)
      let text = try Self.text(for: items, in: file, namesPath: namesPath, terms)
      let after = try Self.parse(text, in: file)
      let waivers = Waivers([after] + files.files.dropFirst(), rules: rules)
      try Self.check(waivers, over: Waivers(files.files, rules: rules), covers: items)
      try AtomicFile.write(text, to: target, mayReplace: FileSystem.exists(target))
      lines = Self.report(items, in: after, source.path, terms, options.today)
    } catch {
      throw PolicyErrors([error])
    }
  }

  /// Whoever waives at the same time waits: the later one adds to what the earlier one wrote.
  private static func lock(_ path: ByteString) throws(PolicyErrors) -> OpenFolder {
    do throws(SystemError) {
      let folder = try OpenFolder(path)
      try folder.lock()
      return folder
    } catch {
      let help = "the directory of the waivers must be there"
      throw PolicyErrors([Diagnostic("cannot be written to: \(error.words)", help: help, path: path)])
    }
  }

  /// The absolute path of the file that is written.
  private static func target(of loaded: LoadedConfiguration, _ options: CheckOptions) throws(PolicyErrors) -> ByteString
  {
    if options.policyFrom != nil {
      throw PolicyErrors([Diagnostic("a waiver is written to the files as they are", help: "leave `--policy-from` out")]
      )
    }
    guard let file = loaded.file else {
      throw PolicyErrors([
        Diagnostic(
          "there is no configuration that names a file of waivers",
          help: "write `{\"format\": 1, \"waivers\": [\"policy/waivers.json\"]}` to `.copylint.json` at the root")
      ])
    }
    guard let name = loaded.configuration.waivers.first?.value.string else {
      throw PolicyErrors([
        Diagnostic(
          "the configuration names no file of waivers", help: "add `\"waivers\": [\"policy/waivers.json\"]`",
          path: file.path)
      ])
    }
    return WaiverFiles.path(name, loaded)
  }

  private static func check(
    _ terms: WaiverTerms, _ rule: ByteString, _ rules: [ByteString: [Rule]], _ today: CalendarDate
  ) throws(Diagnostic) {
    for (name, text) in [("reason", terms.reason), ("owner", terms.owner), ("ticket", terms.ticket)]
    where ByteString(text).isBlank {
      throw Diagnostic("the \(name) is blank", help: "who reads the waiver must know why, who and where")
    }
    let until = Escaping.quoted(ByteString(terms.until))
    guard let date = CalendarDate(ByteString(terms.until)) else {
      throw Diagnostic("\(until) is not a date", help: "write `YYYY-MM-DD`")
    }
    let days = rules[rule]?.map { $0.settings.maxWaiverDays ?? WaiverTerm.defaultMaxDays }.min()
    switch WaiverTerm(expires: date, on: today, maxDays: days ?? WaiverTerm.defaultMaxDays) {
    case .inForce: return
    case .expired: throw Diagnostic("\(until) is over", help: "today is `\(today.description)` in UTC")
    case .tooLong(let latest):
      throw Diagnostic(
        "\(until) is too far ahead",
        help: "\(Escaping.quoted(rule)) can be waived until `\(latest.description)` at most")
    }
  }

  private static func text(
    for items: [WaivedFindings.Item], in file: WaiverFile, namesPath: Bool, _ terms: WaiverTerms
  ) throws(Diagnostic) -> [UInt8] {
    var drafts: [WaiverDraft] = []
    for item in items {
      guard let draft = WaiverDraft(item.finding, of: item.request, namesPath: namesPath, terms) else {
        throw Diagnostic(
          "the request has neither a target name nor a source model", help: "name its path", at: item.finding.place)
      }
      if !drafts.contains(draft) { drafts.append(draft) }
    }
    guard let source = file.source, let text = WaiverText(try Document(JSONText(source), limits: WaiverFile.limits))
    else {
      throw Diagnostic("the file holds no list of waivers", path: file.source?.path)
    }
    return text.adding(drafts)
  }

  private static func parse(_ text: [UInt8], in file: WaiverFile) throws(Diagnostic) -> WaiverFile {
    do throws(PolicyErrors) {
      return try WaiverFile(
        SourceFile(path: file.source?.path ?? "", bytes: text), repositoryPath: file.repositoryPath ?? "")
    } catch {
      throw error.diagnostics.first ?? Diagnostic("the waiver could not be written", path: file.source?.path)
    }
  }

  /// What is written must do what it is written for.
  private static func check(
    _ after: Waivers, over before: Waivers, covers items: [WaivedFindings.Item]
  ) throws(Diagnostic) {
    let isKnown = { (refused: Waivers.Refused) in
      before.refused.contains {
        $0.node.pointer == refused.node.pointer && $0.node.place.file.path == refused.node.place.file.path
      }
    }
    if let refused = after.refused.first(where: { !isKnown($0) }) {
      guard refused.rule == .duplicate else { throw refused.diagnostic }
      throw Diagnostic(
        "the waiver stands there already, and does not hold today",
        help: "change its `expires`: " + (refused.diagnostic.help ?? ""))
    }
    for item in items where after.covering(item.finding, of: item.request).isEmpty {
      throw Diagnostic("the waiver would not cover the finding", at: item.finding.place)
    }
  }

  private static func report(
    _ items: [WaivedFindings.Item], in file: WaiverFile, _ path: ByteString, _ terms: WaiverTerms, _ today: CalendarDate
  ) -> [String] {
    guard case .waiver(let waiver)? = file.entries.last, let date = CalendarDate(waiver.expires) else { return [] }
    let place = "\(ShownText.path(path)):\(waiver.node.place.start.line)"
    let term = "until \(date.description), \(WaiverTerm.text(days: date.days - today.days)) from today"
    return items.map {
      let finding = $0.finding
      let at = "\(ShownText.path(finding.place.file.path)):\(finding.place.start.line)"
      return "\(at): waived \(ShownText.text(finding.rule)) \(term): \(ShownText.text(finding.message))"
    } + ["written to \(place)"]
  }
}
