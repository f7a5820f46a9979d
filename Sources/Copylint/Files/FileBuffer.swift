/// Memory that one file after another is read into.
final class FileBuffer {
  private var memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 14)
  private var count = 0

  deinit { memory.deallocate() }

  /// What was read last; borrowed until the next file.
  var content: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: memory[..<count]) }

  /// Reads a whole file, as `FileReader` does. Returns false where there is something to be said of it, which is for
  /// `FileReader` to say.
  func read(_ path: ByteString, maxBytes: Int) -> Bool {
    guard let file = try? OpenFile(opening: path), file.size <= maxBytes else { return false }
    count = 0
    while true {
      if count == memory.count { grow() }
      guard let added = try? file.read(into: UnsafeMutableBufferPointer(rebasing: memory[count...])) else {
        return false
      }
      count += added
      guard count <= maxBytes else { return false }
      // A read of a regular file comes short at its end only; where the size is not known, nothing comes there.
      if added == 0 || (count == file.size && count < memory.count) { return true }
    }
  }

  private func grow() {
    let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * memory.count)
    _ = larger.update(fromContentsOf: memory)
    memory.deallocate()
    memory = larger
  }
}
