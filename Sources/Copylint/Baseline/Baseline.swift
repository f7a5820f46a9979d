/// Findings that were there when a team began, and that do not deny until somebody touches them.
struct Baseline: Sendable {
  var format: Int?
  private(set) var entries: [BaselineEntry] = []
  /// The file it was read from.
  private(set) var source: SourceFile?

  static let shape = Shape<Self>()
    .integer("format", { $0.format = $1 }, in: 1...1, required: true, "the version of the format: 1")
    .member(
      name: "findings", summary: "the known findings", isRequired: true,
      schema: .list(.object(BaselineEntry.shape.schema)), decode: decodeEntries)

  /// The largest file, in bytes.
  static let maxBytes = 64 << 20

  /// A baseline to be written.
  init(_ entries: [BaselineEntry]) { self.entries = entries.sorted(by: BaselineEntry.isBefore) }

  /// Reads a baseline's text. Throws everything that is wrong with it: there is no partial baseline.
  init(_ source: SourceFile) throws(PolicyErrors) {
    self.source = source
    let decoding = Decoding()
    do throws(Diagnostic) {
      let limits = JSONLimits(maxBytes: Self.maxBytes, maxTokens: 4_000_000)
      Self.shape.decode(Node(try Document(JSONText(source), limits: limits)), into: &self, decoding)
    } catch {
      throw PolicyErrors([error])
    }
    guard decoding.isClean else { throw PolicyErrors(decoding.diagnostics) }
  }

  private static let decodeEntries: @Sendable (Node, inout Baseline, Decoding) -> Void = { node, baseline, decoding in
    guard node.kind == .array else { return decoding.expected("an array of findings", node) }
    var seen: Set<ByteString> = []
    baseline.entries = node.elements.map { element in
      var entry = BaselineEntry(node: element)
      BaselineEntry.shape.decode(element, into: &entry, decoding)
      entry.report(to: decoding)
      if let fingerprint = entry.fingerprint, !seen.insert(fingerprint).inserted {
        decoding.report("the finding stands twice", help: "remove one of the two", at: element)
      }
      return entry
    }
  }

  var fingerprints: Set<ByteString> { Set(entries.compactMap(\.fingerprint)) }

  /// The text of the file: one entry a line, sorted.
  var bytes: [UInt8] {
    let lines = entries.map { entry -> [UInt8] in
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("path", entry.path ?? "")
        writer.member("rule", entry.rule ?? "")
        writer.member("message", entry.message ?? "")
        writer.member("fingerprint", entry.fingerprint ?? "")
      }
      return writer.bytes
    }
    let list = lines.joined(separator: Array(",\n".utf8))
    return Array("{\"format\": 1, \"findings\": [\n".utf8) + list + Array((lines.isEmpty ? "]}\n" : "\n]}\n").utf8)
  }
}

extension Baseline {
  /// The first half of the name of the rule about the baseline itself. `baseline` is a pack.
  static let pack: ByteString = "known"
  static let staleRule = "known/stale"

  /// What reports say of that rule.
  static var described: Report.Rule {
    Report.Rule(
      name: staleRule, kind: pack.displayString, summary: "an entry of the baseline that no longer occurs",
      severity: .warning, isWaivable: false)
  }

  /// The entries that no longer occur, as findings in the baseline's file; nil where there are none.
  func report(stale: [BaselineEntry], repositoryPath: ByteString?) -> Report.Request? {
    guard let source, !stale.isEmpty else { return nil }
    let problems = stale.compactMap { entry -> PolicyFileFindings.Problem? in
      guard let node = entry.node else { return nil }
      return PolicyFileFindings.Problem(
        rule: Self.staleRule, kind: Self.pack, severity: .warning,
        message: "\(Escaping.quoted(entry.rule ?? "")) in \(Escaping.quoted(entry.path ?? "")) no longer occurs",
        help: "`--prune-baseline` removes the entry", place: node.place, pointer: node.pointer,
        subject: entry.fingerprint ?? "", value: nil)
    }
    return PolicyFileFindings.report(problems, source, repositoryPath: repositoryPath)
  }
}
