extension FileSelection {
  /// Takes from the index what the next commit changes; the rest of the index is for rules that compare requests.
  mutating func selectStaged(_ changes: ChangedFiles, _ options: CheckOptions) throws(Diagnostic) {
    let named = options.paths.map { FileSystem.absolutePath(ByteString($0)) }
    for path in changes.tracked.entries.keys.sorted() {
      let absolute = Path.join(loaded.root, path)
      guard isIncluded(absolute), changes.tracked.entries[path]?.kind != .submodule else { continue }
      let isNamed = named.isEmpty || named.contains { Path.beneath(absolute, $0) != nil }
      switch try changes.tracked.resolve(path, target: changes.repository.linkTarget) {
      case .directory: continue
      case .nothing:
        guard isNamed, isJudgingAll || changes.paths.contains(path) else { continue }
        problems.append(
          Diagnostic("is a link to nothing that git has", help: "link to a file of the index", path: shown(absolute)))
      case .file(let target, let entry):
        let isChanged = isJudgingAll || changes.paths.contains(path) || changes.paths.contains(target)
        let input = Input(
          file: absolute, object: changes.object(entry), shown: shown(absolute), policyPath: path)
        if isNamed, isChanged { inputs.append(input) } else { context.append(input) }
      }
    }
    total = inputs.count + context.count
  }

  /// Leaves out what is as it was.
  mutating func keep(_ changes: ChangedFiles) {
    total = inputs.count
    guard !isJudgingAll else { return }
    inputs = inputs.filter { !isUnchanged($0, changes) }
  }

  private func isUnchanged(_ input: Input, _ changes: ChangedFiles) -> Bool {
    guard let file = input.file, let path = input.policyPath, changes.isUnchanged(path) else { return false }
    // The file that a link leads to may have changed where the link has not.
    guard let real = FileSystem.realPath(file), let target = Path.beneath(real, loaded.root) else { return false }
    return changes.isUnchanged(target)
  }

  /// Finds the request files that are not judged, so that rules which compare requests see them: all that the
  /// configuration includes, where only some were named or have changed.
  mutating func findContext() {
    guard isPartial, changes?.isStaged != true, isConfigured || changes != nil else { return }
    let judged = Set(inputs.compactMap(\.policyPath))
    context = includedFiles().filter { input in input.policyPath.map { !judged.contains($0) } ?? false }
  }

  /// What a run says about its choice; nil where there was none.
  var note: String? {
    if changes != nil, isJudgingAll { return "policy changed: all \(inputs.count) request files are judged" }
    if changes != nil { return "\(inputs.count) of \(total) request files changed" }
    guard excluded > 0 else { return nil }
    if inputs.isEmpty { return "0 of \(includedPaths.count) request files changed" }
    return "\(inputs.count) of \(inputs.count + excluded) request files are included"
  }
}
