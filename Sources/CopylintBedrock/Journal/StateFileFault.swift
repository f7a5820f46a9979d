import Glibc

/// Why the system refused what was to be done with a journal or a log.
enum StateFileFault {
  /// In words, by the system's error number: lowercase, no full stop.
  static func words(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "the disk is full"
    case EFBIG: "the file may not grow any more"
    case EACCES, EPERM, EROFS: "permission denied"
    case ENOENT, ENOTDIR: "its directory is not there"
    case EISDIR: "it is a directory"
    case ELOOP: "it is a symbolic link"
    case EIO: "the disk failed"
    case EMFILE, ENFILE: "too many open files"
    default: "the system refused (error \(code))"
    }
  }
}
