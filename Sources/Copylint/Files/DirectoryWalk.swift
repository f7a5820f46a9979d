import Glibc

/// Finds the files beneath a directory.
public struct DirectoryWalk: ~Copyable {
  /// Levels of directories that are followed; more is a problem, never silence.
  static let maxDepth = 256

  /// Whether an entry is left out, with all beneath it where it is a directory. Takes its path relative to the root.
  public typealias Skip = (_ relativePath: ByteString, _ isDirectory: Bool) -> Bool

  private let root: ByteString
  private let skip: Skip?
  private var files = PathList()
  private var problems: [Diagnostic] = []
  private var pending: [(path: ByteString, depth: Int)] = [(path: "", depth: 0)]

  private init(_ root: ByteString, _ skip: Skip?) {
    self.root = root
    self.skip = skip
  }

  /// What is no directory beneath `root` as `root/relative/path` (from `.`: `relative/path`), sorted by their bytes, and
  /// what could not be looked into, sorted likewise. Nothing is left out unless `skip` says so.
  ///
  /// A symbolic link to a directory is not followed, so that there are no loops and no way out of the tree. `.git` is
  /// left out. A pipe, a device or a link that leads nowhere is given like a file: reading it says what it is, where
  /// leaving it out would say nothing.
  public static func files(
    beneath root: ByteString, skip: Skip? = nil
  ) -> (files: [ByteString], problems: [Diagnostic]) {
    var walk = DirectoryWalk(root, skip)
    while let (path, depth) = walk.pending.popLast() { walk.visit(path, depth) }
    let problems = walk.problems.sorted { ($0.path ?? "") < ($1.path ?? "") }
    return (walk.sortedFiles(), problems)
  }

  private consuming func sortedFiles() -> [ByteString] { files.sorted() }

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
    let folder = Folder(path: directory, prefix: Path.prefix(path), descriptor: descriptor, depth: depth)
    while let entry = nextEntry(of: stream, path) {
      withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        let start = UnsafeRawPointer(tuple).assumingMemoryBound(to: UInt8.self)
        add(Span(start: start, count: strlen(start)), entry.pointee.d_type, of: folder)
      }
    }
  }

  /// A directory that is being looked into.
  private struct Folder {
    /// From the root.
    let path: ByteString
    /// What comes before the names of its files.
    let prefix: ByteString
    let descriptor: Int32
    let depth: Int
  }

  /// The next entry; a failure to read on is a problem and the end.
  private mutating func nextEntry(of stream: OpaquePointer, _ path: ByteString) -> UnsafeMutablePointer<dirent>? {
    errno = 0
    if let entry = readdir(stream) { return entry }
    if errno != 0 { problems.append(SystemError.last.diagnostic(path)) }
    return nil
  }

  private mutating func add(_ name: Span, _ type: UInt8, of folder: Folder) {
    guard !name.isWord("."), !name.isWord(".."), !name.isWord(".git") else { return }
    // Most file systems say of a regular file that it is one.
    if type != UInt8(DT_REG) { return add(ByteString(name), of: folder) }
    if let skip, skip(Path.join(folder.path, ByteString(name)), false) { return }
    files.append(folder.prefix, name)
  }

  /// Adds what may be a directory, or a link to one.
  private mutating func add(_ name: ByteString, of folder: Folder) {
    let path = Path.join(folder.path, name)
    var status = stat()
    guard name.withCString({ fstatat(folder.descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
      return problems.append(SystemError.last.diagnostic(fullPath(path)))
    }
    let isDirectory = status.st_mode & S_IFMT == S_IFDIR
    if status.st_mode & S_IFMT == S_IFLNK, leadsToDirectory(name, folder.descriptor) { return }
    if let skip, skip(path, isDirectory) { return }
    if isDirectory {
      pending.append((path, folder.depth + 1))
    } else {
      name.bytes.withUnsafeBufferPointer { files.append(folder.prefix, $0) }
    }
  }

  private func leadsToDirectory(_ name: ByteString, _ descriptor: Int32) -> Bool {
    var status = stat()
    return name.withCString { fstatat(descriptor, $0, &status, 0) } == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func fullPath(_ relative: ByteString) -> ByteString { Path.join(root, relative) }
}
