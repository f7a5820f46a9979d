import Glibc

/// What the system said no with, in plain words.
struct SystemError: Error {
  let code: Int32
  static let noSuchFile = SystemError(code: ENOENT)

  /// Lowercase and without a full stop, as every message here.
  let words: String

  @inline(never)
  init(code: Int32) { (self.code, words) = (code, Self.words(code)) }

  /// What was found by looking, and no call failed with.
  init(words: String) { (code, self.words) = (0, words) }

  /// The last failed call's error; to be read before any other call.
  @inline(never)
  static var last: SystemError { SystemError(code: errno) }

  private static func words(_ code: Int32) -> String {
    switch code {
    case EEXIST: "it exists already"
    case ENOSPC, EDQUOT: "no space left on the device"
    case EROFS: "the file system is read-only"
    case ENOENT: "no such file or directory"
    case EACCES, EPERM: "permission denied"
    case EISDIR: "is a directory, not a file"
    case ENOTDIR: "a part of the path is not a directory"
    case ELOOP: "too many symbolic links on the way"
    case ENAMETOOLONG: "the path is too long"
    case EMFILE, ENFILE: "too many open files"
    case EIO: "the device failed"
    case ENOMEM: "out of memory"
    case ESTALE: "the file went away on its server"
    default: "the system refused (error \(code))"
    }
  }

  /// The diagnostic about the path it happened to.
  func diagnostic(_ path: ByteString) -> Diagnostic {
    Diagnostic(words, help: help, path: path)
  }

  /// The diagnostic about a file that was to be written there.
  func refusalToWrite(_ path: ByteString) -> Diagnostic {
    Diagnostic("cannot be written: \(words)", help: helpToWrite, path: path)
  }

  /// What to do where a file cannot be written.
  private var helpToWrite: String? {
    switch code {
    case ENOENT, ENOTDIR: "name a file in a directory that is there; a relative path begins in the working directory"
    case EACCES, EPERM, EROFS: "name a file in a directory that this user may write to"
    default: nil
    }
  }

  /// What to do about a path that it happened to.
  private var help: String? {
    switch code {
    case EISDIR: "name the files, or check the directory as a whole"
    case ENOENT, ENOTDIR: "look at the name; a relative path begins in the working directory"
    case EACCES, EPERM: "see whether this user may read it, and every directory on the way"
    default: nil
    }
  }
}
