import Glibc

/// A file of somebody else's that is only added to, such as the summary of a step on a build platform.
enum AppendedFile {
  /// Adds `bytes` at the end of the regular file at `path`, in one write where the system can. Throws when there is none,
  /// when something else stands there (a symbolic link is not followed, a pipe or device not waited for), and when the
  /// system refuses.
  static func append(_ bytes: [UInt8], to path: ByteString) throws(Diagnostic) {
    do throws(SystemError) {
      let folder = try OpenFolder(Path.parent(path))
      guard try AtomicFile.regularMode(of: Path.lastComponent(path), in: folder) != nil else {
        throw SystemError(code: ENOENT)
      }
      let flags = O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
      let file = path.withCString { open($0, flags) }
      guard file >= 0 else { throw .last }
      defer { close(file) }
      var status = stat()
      guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw SystemError(words: "is not a regular file")
      }
      try OpenFolder.write(bytes, to: file)
    } catch {
      throw Diagnostic("cannot be added to: \(error.words)", path: path)
    }
  }
}
