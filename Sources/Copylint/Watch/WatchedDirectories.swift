/// The directories in which a change may change what a run says. Directories, not files: most editors put a new file in
/// the place of the old one.
public enum WatchedDirectories {
  /// Those of the named files, all of and beneath the named directories, and those of the configuration, the packs, the
  /// waivers and the baseline.
  public static func of(_ options: CheckOptions) -> Set<ByteString> {
    let policy = Policy(options.policyOptions)
    let root = policy.loaded.root
    var directories: Set<ByteString> = [root]
    for path in options.paths.isEmpty ? [root] : options.paths.map({ FileSystem.absolutePath(ByteString($0)) }) {
      directories.formUnion(FileSystem.isDirectory(path) ? beneath(path) : holding(path))
    }
    for case .file(let path, _, _) in policy.packs.map(\.origin) { directories.formUnion(holding(path)) }
    let files = [policy.loaded.path].compactMap { $0 } + WaiverFiles(policy.loaded).paths
    let baseline = options.baseline.map { FileSystem.absolutePath(ByteString($0)) }
    for path in files + [baseline].compactMap({ $0 }) { directories.formUnion(holding(path)) }
    return directories
  }

  private static func beneath(_ directory: ByteString) -> Set<ByteString> {
    var directories: Set<ByteString> = [directory]
    _ = DirectoryWalk.files(beneath: directory) { path, isDirectory in
      if isDirectory { directories.insert(Path.join(directory, path)) }
      return false
    }
    return directories
  }

  /// Of the name, and of the file that it leads to.
  private static func holding(_ file: ByteString) -> Set<ByteString> {
    Set([file, FileSystem.realPath(file)].compactMap { $0.map { Path.parent($0) } })
  }
}
