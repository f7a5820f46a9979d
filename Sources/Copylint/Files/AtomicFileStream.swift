import Glibc

/// A file that is written piece by piece and appears whole or not at all, as `AtomicFile` has it.
///
/// Until `commit` the pieces go to a file beside it, which goes away with the stream.
final class AtomicFileStream {
  private let path: ByteString
  private let folder: OpenFolder
  private let temporary = OpenFolder.temporaryName()
  private let file: Int32
  private var isCommitted = false

  /// Throws when something stands at `path` that is no regular file, and when the system refuses.
  init(_ path: ByteString) throws(Diagnostic) {
    self.path = path
    do throws(SystemError) {
      folder = try OpenFolder(Path.parent(path))
      _ = try AtomicFile.regularMode(of: Path.lastComponent(path), in: folder)
      file = try folder.create(temporary)
    } catch {
      throw error.refusalToWrite(path)
    }
  }

  deinit {
    close(file)
    if !isCommitted { folder.remove(temporary) }
  }

  func write(_ bytes: [UInt8]) throws(Diagnostic) {
    do throws(SystemError) {
      try OpenFolder.write(bytes, to: file)
    } catch {
      throw error.refusalToWrite(path)
    }
  }

  /// Puts the file in its place, once. Throws, with what stood there as it was, when that is no longer a regular file
  /// and when the system refuses.
  func commit() throws(Diagnostic) {
    do throws(SystemError) {
      let name = Path.lastComponent(path)
      let mode = try AtomicFile.regularMode(of: name, in: folder)
      guard fchmod(file, mode.map { $0 & 0o755 } ?? 0o600) == 0, fsync(file) == 0 else { throw .last }
      try folder.rename(temporary, to: name, mayReplace: true)
      isCommitted = true
    } catch {
      throw error.refusalToWrite(path)
    }
  }
}
