/// What git says has changed.
struct ChangedFiles {
  let repository: GitRepository
  /// The files that git knows: those of the index.
  let tracked: GitTree
  /// The paths that changed, removed ones too.
  let paths: Set<ByteString>
  /// Whether the index is judged, not the work tree.
  let isStaged: Bool

  private let blobs: GitBlobs

  /// Asks git. Throws when it is missing, refuses, or does not know the revision.
  init(_ what: CheckOptions.Changes, root: ByteString, runner: GitRunner = .installed) throws(Diagnostic) {
    repository = try GitRepository(root: root, runner: runner)
    blobs = GitBlobs(repository)
    tracked = try repository.index()
    switch what {
    case .staged:
      isStaged = true
      paths = try repository.stagedPaths()
    case .since(let revision):
      isStaged = false
      let other = try repository.commit(ByteString(revision))
      paths = try repository.changedPaths(since: repository.mergeBase(other, repository.commit("HEAD")))
    }
  }

  /// Whether a file of the work tree is, for all that git knows, as it was: a file that git does not track is not. A file
  /// of a submodule is as it was while the submodule's commit is.
  func isUnchanged(_ path: ByteString) -> Bool {
    var owner = path
    while tracked.entries[owner] == nil {
      owner = Path.parent(owner)
      guard owner != ".", owner != "/" else { return false }
    }
    guard owner == path || tracked.entries[owner]?.kind == .submodule else { return false }
    return !paths.contains(owner)
  }

  /// The content of a file of the index.
  func object(_ entry: GitTree.Entry) -> GitObject { GitObject(entry.object, in: blobs) }

  /// Whether a change of policy is among what changed.
  func touches(_ policyFiles: ByteStringSet) -> Bool {
    policyFiles.elements.contains { file in Path.beneath(file, repository.root).map { paths.contains($0) } ?? false }
  }
}
