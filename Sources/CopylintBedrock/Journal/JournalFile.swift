import Glibc

/// The journal's file: private, regular, and whole from its first moment.
struct JournalFile {
  let path: String

  /// Throws where something else stands there, or others than the owner may read it. An empty file is no new journal
  /// but one that was cut off: a new one never has that name before it is complete.
  func check() throws(JournalError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      throw JournalError.unusable(path: path, reason: StateFileFault.words(errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw unusable("it is no regular file") }
    guard status.st_uid == geteuid() else { throw unusable("it belongs to another user") }
    guard status.st_mode & 0o077 == 0 else { throw unusable("others than its owner may use it; it must be 0600") }
    guard status.st_size > 0 else { throw JournalError.damaged(path: path, reason: "it is empty") }
  }

  /// Whether anything stands at the path.
  var exists: Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Makes the directories on the way, 0700.
  func makeFolder() throws(JournalError) {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      made += part + "/"
      guard !part.isEmpty, part != ".", mkdir(made, 0o700) != 0, errno != EEXIST else { continue }
      throw unusable("the directory `\(made)` cannot be made: \(StateFileFault.words(errno))")
    }
  }

  /// An empty private file beside the journal, to be filled and then put in its place.
  func makeDraft() throws(JournalError) -> String {
    var template = Array("\(path).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw unusable("no file can be made beside it: \(StateFileFault.words(errno))") }
    close(descriptor)
    return template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  /// Gives a complete draft the journal's name, unless another process was faster: then that one's stays.
  func install(_ draft: String) throws(JournalError) {
    defer { unlink(draft) }
    guard synchronise(draft, O_RDONLY) else { throw unusable("it cannot be written: \(StateFileFault.words(errno))") }
    guard link(draft, path) == 0 || errno == EEXIST else {
      throw unusable("it cannot be made: \(StateFileFault.words(errno))")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard synchronise(folder, O_RDONLY | O_DIRECTORY) else { throw unusable("its directory cannot be written") }
  }

  private func synchronise(_ path: String, _ flags: Int32) -> Bool {
    let descriptor = open(path, flags | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }

  private func unusable(_ reason: String) -> JournalError { .unusable(path: path, reason: reason) }
}
