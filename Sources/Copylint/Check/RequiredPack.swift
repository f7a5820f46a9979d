/// A pack that a run must have, to the byte: what `--require-pack NAME@sha256:HEX` says.
public struct RequiredPack: Hashable, Sendable {
  /// The name it gives itself.
  public let name: ByteString
  /// The SHA-256 of its file, lowercase hexadecimal.
  public let sha256: ByteString

  /// Nil unless the text is a name, `@sha256:` and 64 hexadecimal digits.
  public init?(_ text: String) {
    let separator = Array("@sha256:".utf8)
    let bytes = Array(text.utf8)
    let digest = ByteString(bytes.suffix(64)).asciiLowercased
    let name = bytes.dropLast(64)
    guard name.count > separator.count, name.suffix(separator.count).elementsEqual(separator),
      digest.bytes.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.name = ByteString(name.dropLast(separator.count))
    sha256 = digest
  }

  /// Whether it is among these.
  func isAmong(_ packs: [PackFile]) -> Bool {
    packs.contains { $0.header.name == name && ByteString($0.sha256) == sha256 }
  }

  /// That it is not in force. `path` is the request file it is missing for; nil for the run as a whole.
  func missing(from packs: [PackFile], for path: ByteString?) -> Diagnostic {
    let what = "the pack \(Escaping.quoted(name)) with the required digest is not in force"
    guard let other = packs.first(where: { $0.header.name == name }) else {
      return Diagnostic(what, help: "add it to the configuration, or name it with `--pack`", path: path)
    }
    return Diagnostic(what, help: "the one in force has the SHA-256 `\(other.sha256)`", path: path)
  }
}
