import Glibc

/// Writes a file whole or not at all.
public enum AtomicFile {
  /// Puts `bytes` at `path`: into a new file beside it, which then takes its name.
  ///
  /// Whoever reads `path` finds the old content or the new, never a part, even after a crash. A new file has
  /// `permissions`; one that is replaced keeps its own, but for writing by others than its owner.
  ///
  /// Throws, with `path` as it was, when something stands there that is no regular file (a symbolic link is not
  /// followed, a pipe or device not opened), when something stands there at all and `mayReplace` is false, and when the
  /// system refuses.
  public static func write(
    _ bytes: [UInt8], to path: ByteString, mayReplace: Bool = true, permissions: UInt32 = 0o600
  ) throws(Diagnostic) {
    do throws(SystemError) {
      let folder = try OpenFolder(Path.parent(path))
      let name = Path.lastComponent(path)
      let mode = try regularMode(of: name, in: folder)
      if mode != nil, !mayReplace { throw SystemError(code: EEXIST) }
      try folder.put(bytes, at: name, permissions: mode.map { $0 & 0o755 } ?? permissions, mayReplace: mayReplace)
    } catch {
      throw error.refusalToWrite(path)
    }
  }

  /// Type and permissions of a regular file; nil where there is nothing. Throws when something else stands there.
  static func regularMode(of name: ByteString, in folder: OpenFolder) throws(SystemError) -> mode_t? {
    let mode = try folder.mode(of: name)
    if let mode, let kind = kind(mode) { throw SystemError(words: "is \(kind), not a file") }
    return mode
  }

  /// What stands there instead of a regular file.
  private static func kind(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a directory"
    case S_IFLNK: "a symbolic link"
    case S_IFIFO: "a named pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
