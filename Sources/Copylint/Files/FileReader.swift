/// Reads an input whole, once.
public enum FileReader {
  /// The bytes of a regular file. Throws when it cannot be read or holds more than `maxBytes`.
  public static func read(_ path: ByteString, maxBytes: Int) throws(Diagnostic) -> [UInt8] {
    try read(try FileHandle(path), maxBytes: maxBytes)
  }

  /// The bytes of standard input, reported under `name`.
  public static func readStandardInput(named name: ByteString, maxBytes: Int) throws(Diagnostic) -> [UInt8] {
    try read(FileHandle(standardInputNamed: name), maxBytes: maxBytes)
  }

  private static func read(_ file: FileHandle, maxBytes: Int) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = 16 << 10
    while true {
      let next = try file.read(atMost: chunk)
      if next.isEmpty { return bytes }
      guard bytes.count + next.count <= maxBytes else {
        throw Diagnostic(
          "the file is larger than \(maxBytes) bytes", help: "put one request on each line and use `--ndjson`",
          path: file.path)
      }
      bytes += next
      chunk = min(chunk * 2, 1 << 20)
    }
  }
}
