import Glibc

/// Questions to the file system that are not about a file's content.
public enum FileSystem {
  /// Whether the path leads to a directory, through symbolic links too.
  public static func isDirectory(_ path: ByteString) -> Bool { mode(of: path).map { $0 & S_IFMT == S_IFDIR } ?? false }

  /// Whether the path leads to anything, through symbolic links too.
  public static func exists(_ path: ByteString) -> Bool { mode(of: path) != nil }

  /// Whether anything has this name, a symbolic link that leads nowhere too.
  static func isTaken(_ path: ByteString) -> Bool {
    var status = stat()
    return path.withCString { lstat($0, &status) } == 0
  }

  /// Makes a directory, and those above it that are missing. Throws when one cannot be made.
  static func makeDirectories(_ path: ByteString) throws(Diagnostic) {
    guard !isDirectory(path) else { return }
    let parent = Path.parent(path)
    if parent != path { try makeDirectories(parent) }
    guard path.withCString({ mkdir($0, 0o777) }) == 0 || isDirectory(path) else {
      throw SystemError.last.diagnostic(path)
    }
  }

  /// The absolute path without symbolic links, or nil where it leads nowhere.
  public static func realPath(_ path: ByteString) -> ByteString? {
    guard let resolved = path.withCString({ realpath($0, nil) }) else { return nil }
    defer { free(resolved) }
    return ByteString(cString: resolved)
  }

  /// The working directory as an absolute path, or nil where it was removed.
  public static func currentDirectory() -> ByteString? {
    guard let directory = getcwd(nil, 0) else { return nil }
    defer { free(directory) }
    return ByteString(cString: directory)
  }

  /// The working directory, absolute and without symbolic links; the root where it was removed.
  @inline(never)
  static var workingDirectory: ByteString { realPath(".") ?? "/" }

  /// The absolute form of a path, by the text alone.
  public static func absolutePath(_ path: ByteString) -> ByteString {
    Path.normalised(Path.join(workingDirectory, path))
  }

  /// Whether anyone may write the file.
  static func isWritableByOthers(_ path: ByteString) -> Bool { mode(of: path).map { $0 & S_IWOTH != 0 } ?? false }

  /// The path of the nearest file of that name in `directory` (absolute) or one of those above it.
  public static func findUpward(_ name: ByteString, from directory: ByteString) -> ByteString? {
    var directory = Path.normalised(directory)
    while true {
      let candidate = Path.join(directory, name)
      if exists(candidate) { return candidate }
      let parent = Path.parent(directory)
      if parent == directory { return nil }
      directory = parent
    }
  }

  private static func mode(of path: ByteString) -> mode_t? {
    var status = stat()
    return path.withCString { stat($0, &status) } == 0 ? status.st_mode : nil
  }
}

extension ByteString {
  /// The bytes up to the terminating NUL.
  init(cString: UnsafePointer<CChar>) {
    self.init(UnsafeRawBufferPointer(start: cString, count: strlen(cString)))
  }

  /// Calls `body` with the bytes and a terminating NUL, or with an empty path, which leads nowhere, when the bytes hold
  /// a NUL: cut there, they would name another file.
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      let length = bytes.offset(of: 0) == nil ? bytes.count : 0
      return withUnsafeTemporaryAllocation(byteCount: length + 1, alignment: 1) { buffer in
        buffer.copyMemory(from: UnsafeRawBufferPointer(bytes.part(0, length)))
        buffer[length] = 0
        guard let base = buffer.baseAddress else { return "".withCString(body) }
        return body(base.assumingMemoryBound(to: CChar.self))
      }
    }
  }
}
