import Glibc

/// A file that is to be edited: what was read, and a way to put something else in its place as long as it still is what
/// was read.
struct EditedFile {
  let path: ByteString
  /// The content when it was read.
  let bytes: [UInt8]
  private let identity: Identity

  /// What tells a file, and a state of it, from another.
  private struct Identity: Equatable {
    var device: dev_t
    var inode: ino_t
    var size: off_t
    var modified: [Int]
    var mode: mode_t

    /// Of the entry itself, not of what a symbolic link leads to.
    init(_ path: ByteString) throws(SystemError) {
      var status = stat()
      guard path.withCString({ lstat($0, &status) }) == 0 else { throw .last }
      (device, inode, size, mode) = (status.st_dev, status.st_ino, status.st_size, status.st_mode)
      modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }
  }

  /// Reads the file. Throws where it is no regular file (a symbolic link is none), may not be written, or changes
  /// meanwhile.
  init(reading path: ByteString, maxBytes: Int) throws(Diagnostic) {
    self.path = path
    do throws(SystemError) {
      identity = try Identity(path)
    } catch {
      throw error.diagnostic(path)
    }
    let kind = identity.mode & S_IFMT
    guard kind == S_IFREG else {
      let help = kind == S_IFLNK ? "name the file that it leads to" : nil
      throw Diagnostic(
        "is \(kind == S_IFLNK ? "a symbolic link" : "not a file"), and is not fixed", help: help, path: path)
    }
    guard path.withCString({ access($0, W_OK) }) == 0 else {
      throw Diagnostic("is not fixed: \(SystemError.last.words)", path: path)
    }
    bytes = try FileReader.read(path, maxBytes: maxBytes)
    guard isUnchanged else { throw changed }
  }

  /// Puts other content in its place, in one step and with the permissions it had. Throws, with everything as it was,
  /// when the file is no longer what was read: same file, same times, same bytes.
  ///
  /// Between the last look and the rename another program can still write; no system call closes that gap.
  func replace(with content: [UInt8]) throws(Diagnostic) {
    do throws(SystemError) {
      let folder = try OpenFolder(Path.parent(path))
      try folder.put(
        content, at: Path.lastComponent(path), permissions: identity.mode & 0o777, mayReplace: true
      ) { () throws(SystemError) in
        if !isUnchanged { throw SystemError(words: "it changed since it was read") }
      }
    } catch {
      throw Diagnostic("is not fixed: \(error.words)", help: "run the command again", path: path)
    }
  }

  private var changed: Diagnostic {
    Diagnostic("is not fixed: it changed while it was read", help: "run the command again", path: path)
  }

  private var isUnchanged: Bool {
    guard let now = try? Identity(path), now == identity else { return false }
    return (try? FileReader.read(path, maxBytes: bytes.count)) == bytes
  }
}
