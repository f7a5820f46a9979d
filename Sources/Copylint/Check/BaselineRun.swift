/// What a check does with its baseline: reads, writes or prunes it.
struct BaselineRun {
  /// What there is to say once every request was judged.
  struct Outcome {
    var reports: [Report.Request] = []
    var notes: [String] = []
    var errors: [Diagnostic] = []
  }

  private var baseline: Baseline?
  private var target: ByteString?
  private var prunes = false
  private var isWholeTree = false
  private var found: [BaselineEntry] = []
  /// Rules with findings that cannot be known.
  private var refused: Set<ByteString> = []

  /// No baseline.
  init() {}

  /// Reads the baseline, if one is to be read. Throws what is wrong with it, and what this run may not do to it. With
  /// a commit that policy is read from, the baseline is that commit's too: a change cannot add to what is known.
  init(_ options: CheckOptions, isWholeTree: Bool, files: PolicyFiles) throws(PolicyErrors) {
    self.isWholeTree = isWholeTree
    prunes = options.pruneBaseline
    target = options.writeBaseline.map { ByteString($0) }
    if let problem { throw PolicyErrors([problem]) }
    guard let path = options.baseline.map({ ByteString($0) }) else { return }
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes =
        options.policyFrom == nil
        ? try TrustedFile.read(path, maxBytes: Baseline.maxBytes)
        : try files.readTrusted(FileSystem.absolutePath(path))
    } catch {
      throw PolicyErrors([error])
    }
    baseline = try Baseline(SourceFile(path: path, bytes: bytes))
  }

  /// A run over some paths knows nothing of the others' findings, and would drop them.
  private var problem: Diagnostic? {
    guard !isWholeTree else { return nil }
    if prunes {
      return Diagnostic(
        "a baseline is pruned in a run over the whole tree", help: "leave the paths out, and run it at the root")
    }
    guard let target, FileSystem.exists(target) else { return nil }
    return Diagnostic(
      "the baseline exists, and this run is not over the whole tree",
      help: "leave the paths out, or remove the file first", path: target)
  }

  /// Which findings count as known.
  var known: Suppressions.Known {
    if target != nil { return .all }
    return baseline.map { .listed($0.fingerprints) } ?? .none
  }

  /// Takes in a request that was judged.
  mutating func note(_ request: Report.Request) {
    guard target != nil, !request.isPolicyFile else { return }
    for finding in request.findings {
      switch finding.status {
      case .known: found.append(BaselineEntry(finding, of: request))
      case .open: refused.insert(ByteString(finding.rule))
      case .waived: break
      }
    }
  }

  /// `occurring` are the fingerprints that came up; `isGood` is whether every request could be judged. `root` is the
  /// repository's.
  func finish(occurring: Set<ByteString>, isGood: Bool, root: ByteString) -> Outcome {
    if let target { return write(to: target, isGood) }
    guard let baseline, let path = baseline.source?.path, isGood, isWholeTree else { return unpruned }
    let gone = baseline.entries.filter { !occurring.contains($0.fingerprint ?? "") }
    guard prunes else {
      let repositoryPath = Path.beneath(FileSystem.absolutePath(path), root)
      return Outcome(reports: [baseline.report(stale: gone, repositoryPath: repositoryPath)].compactMap { $0 })
    }
    return prune(gone, of: baseline, at: path)
  }

  private var unpruned: Outcome {
    prunes ? Outcome(errors: [Self.untouched("pruned", baseline?.source?.path)]) : Outcome()
  }

  private static func untouched(_ verb: String, _ path: ByteString?) -> Diagnostic {
    Diagnostic(
      "the baseline is not \(verb), as not every request could be judged", help: "mend what is reported first",
      path: path)
  }

  private func write(to path: ByteString, _ isGood: Bool) -> Outcome {
    guard isGood else { return Outcome(errors: [Self.untouched("written", path)]) }
    var outcome = Self.write(Baseline(found), to: path)
    guard outcome.errors.isEmpty else { return outcome }
    outcome.notes = ["\(ShownText.path(path)): \(Self.count(found.count)) written"]
    if !refused.isEmpty {
      let rules = refused.sorted().map { ShownText.text(Escaping.quoted($0)) }.joined(separator: ", ")
      outcome.notes.append("findings of \(rules) cannot be known, and still count")
    }
    return outcome
  }

  private func prune(_ gone: [BaselineEntry], of baseline: Baseline, at path: ByteString) -> Outcome {
    guard !gone.isEmpty else { return Outcome(notes: ["\(ShownText.path(path)): every finding still occurs"]) }
    let names = Set(gone.compactMap(\.fingerprint))
    var outcome = Self.write(
      Baseline(baseline.entries.filter { !names.contains($0.fingerprint ?? "") }), to: path)
    guard outcome.errors.isEmpty else { return outcome }
    outcome.notes = ["\(ShownText.path(path)): \(Self.count(gone.count)) pruned"]
    outcome.notes += gone.sorted(by: BaselineEntry.isBefore).map {
      ShownText.text("  \(Escaping.quoted($0.rule ?? "")) in \(Escaping.quoted($0.path ?? ""))")
    }
    return outcome
  }

  private static func write(_ baseline: Baseline, to path: ByteString) -> Outcome {
    do throws(Diagnostic) {
      try AtomicFile.write(baseline.bytes, to: path)
      return Outcome()
    } catch {
      return Outcome(errors: [error])
    }
  }

  private static func count(_ number: Int) -> String { number == 1 ? "1 finding" : "\(number) findings" }
}
