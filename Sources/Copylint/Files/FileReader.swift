/// Reads an input, once and whole.
public struct FileReader {
  /// The content of a regular file, at most `maxBytes` bytes of it; symbolic links are followed.
  ///
  /// Throws when the file is larger (before reading where its size says so, else as soon as that much was read), when
  /// it is a directory, pipe, socket or device, and when the system refuses.
  public static func read(_ path: ByteString, maxBytes: Int) throws(Diagnostic) -> [UInt8] {
    let file = try OpenFile(opening: path)
    guard file.size <= maxBytes else { throw tooLarge(path, maxBytes) }
    return try readAll(file, maxBytes: maxBytes)
  }

  /// Standard input to its end, at most `maxBytes` bytes of it. Throws when there is more.
  public static func readStandardInput(maxBytes: Int) throws(Diagnostic) -> [UInt8] {
    try readAll(.standardInput, maxBytes: maxBytes)
  }

  static func readAll(_ file: OpenFile, maxBytes: Int) throws(Diagnostic) -> [UInt8] {
    // One byte more than expected, so that one read finds the end of an ordinary file.
    var bytes = [UInt8](repeating: 0, count: max(min(file.size, maxBytes) + 1, 4096))
    var count = 0
    while true {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
      let added: Int
      do throws(SystemError) {
        added = try read(file, into: &bytes, from: count)
      } catch {
        throw error.diagnostic(file.path)
      }
      if added == 0 { break }
      count += added
      guard count <= maxBytes else { throw tooLarge(file.path, maxBytes) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  private static func read(_ file: OpenFile, into bytes: inout [UInt8], from offset: Int) throws(SystemError) -> Int {
    try bytes.withUnsafeMutableBufferPointer { buffer throws(SystemError) in
      try file.read(into: UnsafeMutableBufferPointer(rebasing: buffer[offset...]))
    }
  }

  private static func tooLarge(_ path: ByteString, _ maxBytes: Int) -> Diagnostic {
    Diagnostic("is larger than the limit of \(byteCount(maxBytes))", path: path)
  }

  /// A size as people say it: `1 MiB`, `300 bytes`.
  static func byteCount(_ count: Int) -> String {
    let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    for (unit, size) in units where count >= size && count % size == 0 { return "\(count / size) \(unit)" }
    return count == 1 ? "1 byte" : "\(count) bytes"
  }
}
