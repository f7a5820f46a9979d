extension PolicyFiles {
  /// The files of a commit, for everything within the repository; what lies outside of it has no commit and is read as
  /// it is. A file that the commit lacks is not there, whatever the work tree has.
  static func commit(_ revision: ByteString, of repository: GitRepository) throws(Diagnostic) -> PolicyFiles {
    let tree = try repository.tree(of: try repository.commit(revision))
    let root = repository.root
    let committed: @Sendable (ByteString) -> (path: ByteString, entry: GitTree.Entry)? = { path in
      let target = { (entry: GitTree.Entry) throws(Diagnostic) in try repository.linkTarget(entry) }
      guard let inside = Path.beneath(path, root),
        case .file(let path, let entry) = try? tree.resolve(inside, target: target)
      else { return nil }
      return (Path.join(root, path), entry)
    }
    let real: @Sendable (ByteString) -> ByteString? = { path in
      if Path.beneath(path, root) != nil { return committed(path)?.path }
      guard let real = FileSystem.realPath(path), Path.beneath(real, root) != nil else {
        return FileSystem.realPath(path)
      }
      return committed(real)?.path
    }
    var files = PolicyFiles(
      read: { path throws(Diagnostic) in
        guard Path.beneath(path, root) != nil else { return try PolicyFiles.fileSystem.read(path) }
        guard let found = committed(path) else { throw SystemError.noSuchFile.diagnostic(path) }
        return try repository.blob(found.entry.object, maxBytes: maxBytes)
      },
      realPath: real, isWritableByOthers: { Path.beneath($0, root) == nil && FileSystem.isWritableByOthers($0) })
    files.readTrusted = { [files] path throws(Diagnostic) in
      guard Path.beneath(path, root) != nil else { return try PolicyFiles.fileSystem.readTrusted(path) }
      if let found = committed(path), found.path != path {
        throw Diagnostic("is a symbolic link, not a file", help: "name the file itself", path: path)
      }
      return try files.read(path)
    }
    return files
  }
}
