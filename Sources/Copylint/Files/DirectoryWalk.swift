import Glibc

/// Finds the files beneath a directory. Links to directories are not followed, so there are no circles.
enum DirectoryWalk {
  /// The files beneath `root`, relative to it, sorted by bytes, and what could not be read. `enters` is asked for every
  /// directory by its relative path; `.git` is never entered.
  static func files(
    beneath root: ByteString, enters: (ByteString) -> Bool = { _ in true }
  ) -> (files: [ByteString], problems: [Diagnostic]) {
    var files: [ByteString] = []
    var problems: [Diagnostic] = []
    var pending: [ByteString] = [""]
    while let directory = pending.popLast() {
      do throws(Diagnostic) {
        for entry in try entries(FilePath.join(root, directory.isEmpty ? "." : directory)) {
          let path = directory.isEmpty ? entry.name : FilePath.join(directory, entry.name)
          switch entry.kind {
          case .directory where entry.name != ".git" && enters(path): pending.append(path)
          case .file: files.append(path)
          case .directory: break
          }
        }
      } catch {
        problems.append(error)
      }
    }
    return (files.sorted(), problems)
  }

  private struct Entry {
    enum Kind {
      case directory
      /// A file, or a link or anything else that turns out to be none when it is read.
      case file
    }

    var name: ByteString
    var kind: Kind
  }

  private static func entries(_ path: ByteString) throws(Diagnostic) -> [Entry] {
    guard let stream = FilePath.withCString(path, { opendir($0) }) else {
      throw Diagnostic(FileHandle.reason(errno), path: path)
    }
    defer { closedir(stream) }
    var entries: [Entry] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes in
          ByteString(UnsafeBufferPointer(start: bytes, count: strlen(UnsafePointer<CChar>(OpaquePointer(bytes)))))
        }
      }
      if name != ".", name != ".." {
        entries.append(Entry(name: name, kind: kind(entry.pointee.d_type, FilePath.join(path, name))))
      }
      errno = 0
    }
    guard errno == 0 else { throw Diagnostic(FileHandle.reason(errno), path: path) }
    return entries
  }

  /// A link to a directory is passed over as a directory that is not entered.
  private static func kind(_ type: UInt8, _ path: ByteString) -> Entry.Kind {
    switch Int(type) {
    case Int(DT_DIR): .directory
    case Int(DT_UNKNOWN): FilePath.isDirectory(path) ? .directory : .file
    default: .file
    }
  }
}
