import Glibc

/// What the system said no with, in plain words.
struct SystemError: Error {
  let code: Int32

  /// The last failed call's error; to be read before any other call.
  static var last: SystemError { SystemError(code: errno) }

  /// Lowercase and without a full stop, as every message here.
  var words: String {
    switch code {
    case ENOENT: "no such file or directory"
    case EACCES, EPERM: "permission denied"
    case EISDIR: "is a directory, not a file"
    case ENOTDIR: "a part of the path is not a directory"
    case ELOOP: "too many symbolic links on the way"
    case ENAMETOOLONG: "the path is too long"
    case EMFILE, ENFILE: "too many open files"
    case EIO: "the device failed to read it"
    case ENOMEM: "out of memory"
    case ESTALE: "the file went away on its server"
    default: "the system refused (error \(code))"
    }
  }

  /// The diagnostic about the path it happened to.
  func diagnostic(_ path: ByteString) -> Diagnostic {
    let help = code == EISDIR ? "name the files, or check the directory as a whole" : nil
    return Diagnostic(words, help: help, path: path)
  }
}
