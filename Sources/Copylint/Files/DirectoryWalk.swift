import Glibc

/// Finds the files beneath a directory.
public struct DirectoryWalk {
  /// Levels of directories that are followed; more is a problem, never silence.
  static let maxDepth = 256

  /// Whether an entry is left out, with all beneath it where it is a directory. Takes its path relative to the root.
  public typealias Skip = (_ relativePath: ByteString, _ isDirectory: Bool) -> Bool

  private let root: ByteString
  private let skip: Skip
  private var files: [ByteString] = []
  private var problems: [Diagnostic] = []
  private var pending: [(path: ByteString, depth: Int)] = []

  private init(_ root: ByteString, _ skip: @escaping Skip) {
    self.root = root
    self.skip = skip
  }

  /// What is no directory beneath `root` as `root/relative/path` (from `.`: `relative/path`), sorted by their bytes, and
  /// what could not be looked into, sorted likewise.
  ///
  /// A symbolic link to a directory is not followed, so that there are no loops and no way out of the tree. `.git` is
  /// left out. A pipe, a device or a link that leads nowhere is given like a file: reading it says what it is, where
  /// leaving it out would say nothing.
  public static func files(
    beneath root: ByteString, skip: @escaping Skip
  ) -> (files: [ByteString], problems: [Diagnostic]) {
    var walk = DirectoryWalk(root, skip)
    walk.pending = [(path: "", depth: 0)]
    while let (path, depth) = walk.pending.popLast() { walk.visit(path, depth) }
    return (walk.files.sorted(), walk.problems.sorted { ($0.path ?? "") < ($1.path ?? "") })
  }

  private mutating func visit(_ directory: ByteString, _ depth: Int) {
    let path = fullPath(directory)
    guard depth <= Self.maxDepth else {
      return problems.append(Diagnostic("directories nest deeper than \(Self.maxDepth) levels", path: path))
    }
    // The root may be a link: it was named by the user. Beneath it a link may have taken a directory's place by now.
    let noFollow = depth > 0 ? O_NOFOLLOW : 0
    let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NONBLOCK | noFollow) }
    guard descriptor >= 0 else { return problems.append(SystemError.last.diagnostic(path)) }
    guard let stream = fdopendir(descriptor) else {
      problems.append(SystemError.last.diagnostic(path))
      close(descriptor)
      return
    }
    defer { closedir(stream) }
    while let (name, type) = nextEntry(in: stream, of: path) {
      let path = Path.join(directory, name)
      // Most file systems say of a regular file that it is one.
      if type == UInt8(DT_REG) {
        if !skip(path, false) { files.append(fullPath(path)) }
      } else {
        add(name, path, descriptor: descriptor, depth)
      }
    }
  }

  /// The next entry but `.`, `..` and `.git`; a failure to read on is a problem and the end.
  private mutating func nextEntry(
    in stream: OpaquePointer, of path: ByteString
  ) -> (name: ByteString, type: UInt8)? {
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { problems.append(SystemError.last.diagnostic(path)) }
        return nil
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        ByteString(cString: UnsafeRawPointer(tuple).assumingMemoryBound(to: CChar.self))
      }
      if name != "." && name != ".." && name != ".git" { return (name, entry.pointee.d_type) }
    }
  }

  private mutating func add(_ name: ByteString, _ path: ByteString, descriptor: Int32, _ depth: Int) {
    var status = stat()
    guard name.withCString({ fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
      return problems.append(SystemError.last.diagnostic(fullPath(path)))
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      if !skip(path, true) { pending.append((path, depth + 1)) }
      return
    }
    if status.st_mode & S_IFMT == S_IFLNK, leadsToDirectory(name, descriptor) { return }
    if !skip(path, false) { files.append(fullPath(path)) }
  }

  private func leadsToDirectory(_ name: ByteString, _ descriptor: Int32) -> Bool {
    var status = stat()
    return name.withCString { fstatat(descriptor, $0, &status, 0) } == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func fullPath(_ relative: ByteString) -> ByteString { Path.join(root, relative) }
}
