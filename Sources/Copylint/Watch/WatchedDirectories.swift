/// The directories in which a change may change what a run says. Directories, not files: most editors put a new file in
/// the place of the old one.
public enum WatchedDirectories {
  /// Those of the named files, all of and beneath the named directories, and those of the policy and the baseline.
  public static func of(_ options: CheckOptions) -> Set<ByteString> {
    let policy = Policy(options.policyOptions)
    let root = policy.loaded.root
    var directories = ofPolicy(policy).union([root])
    for path in options.paths.isEmpty ? [root] : options.paths.map({ FileSystem.absolutePath(ByteString($0)) }) {
      directories.formUnion(FileSystem.isDirectory(path) ? beneath(path) : holding(path))
    }
    if let baseline = options.baseline { directories.formUnion(holding(FileSystem.absolutePath(ByteString(baseline)))) }
    return directories
  }

  /// Those of the configuration, the packs and the waivers; and the root, where a configuration could come to be that is
  /// looked for there.
  public static func ofPolicy(_ options: CheckOptions) -> Set<ByteString> {
    let policy = Policy(options.policyOptions)
    guard case .discover = options.configuration, policy.loaded.path == nil else { return ofPolicy(policy) }
    return ofPolicy(policy).union([policy.loaded.root])
  }

  /// That of a file, and of the one that it leads to.
  public static func ofFile(_ path: ByteString) -> Set<ByteString> { holding(FileSystem.absolutePath(path)) }

  private static func ofPolicy(_ policy: Policy) -> Set<ByteString> {
    var directories: Set<ByteString> = []
    for case .file(let path, _, _) in policy.packs.map(\.origin) { directories.formUnion(holding(path)) }
    for path in [policy.loaded.path].compactMap({ $0 }) + WaiverFiles(policy.loaded).paths {
      directories.formUnion(holding(path))
    }
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
