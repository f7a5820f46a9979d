/// Text within Markdown (GitHub's and GitLab's): nothing of it is markup, a link or a mention.
enum MarkdownText {
  /// A value as code, in which nothing but the closing backticks has a meaning: there are more of them than the value
  /// has in a row.
  static func code(_ text: String) -> String {
    let shown = ShownText.text(text)
    guard !shown.isEmpty else { return "` `" }
    let runs = shown.unicodeScalars.split { $0 != "`" }.map(\.count)
    let fence = String(repeating: "`", count: (runs.max() ?? 0) + 1)
    let ends = [shown.utf8.first, shown.utf8.last].compactMap { $0 }
    let needsSpace = ends.contains(UInt8(ascii: "`")) || ends.contains(UInt8(ascii: " "))
    return needsSpace ? "\(fence) \(shown) \(fence)" : fence + shown + fence
  }

  static func code(_ bytes: ByteString) -> String { code(Escaping.visible(bytes.bytes)) }

  /// A message: values in backticks are code, the rest is text.
  static func message(_ text: String) -> String {
    let parts = ShownText.text(text).unicodeScalars.split(separator: "`", omittingEmptySubsequences: false)
    let isClosed = parts.count % 2 == 1
    return parts.enumerated().map { index, part in
      let piece = String(String.UnicodeScalarView(part))
      if index % 2 == 1 { return index == parts.count - 1 && !isClosed ? plain(piece) : code(piece) }
      return plain(piece)
    }.joined()
  }

  /// Text between values. What might become a link or a mention by itself is shown as code.
  private static func plain(_ text: String) -> String {
    let bytes = ByteString(text).asciiLowercased
    let actsAlone: [ByteString] = ["@", "://", "www.", "#"]
    if actsAlone.contains(where: { bytes.contains($0) }) { return code(text) }
    var output = ""
    for scalar in text.unicodeScalars {
      if isPunctuation(scalar) { output += "\\" }
      output.unicodeScalars.append(scalar)
    }
    return output
  }

  /// The ASCII punctuation that Markdown or HTML can take for markup; a backslash makes each literal (CommonMark 2.4).
  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "!", "\"", "$", "%", "&", "'", "*", "+", "/", "<", "=", ">", "?", "[", "\\", "]", "^", "_", "{", "|", "}", "~":
      true
    default: false
    }
  }
}

extension ByteString {
  fileprivate func contains(_ part: ByteString) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: part.bytes) }
  }
}
