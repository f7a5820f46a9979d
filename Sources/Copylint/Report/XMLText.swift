/// Text within XML 1.0, in an attribute or between tags.
enum XMLText {
  static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  /// The text with its markup escaped. What XML cannot hold, control characters and U+FFFE among it, is spelled out as
  /// everywhere else.
  static func escaped(_ text: String) -> String {
    var output = ""
    for scalar in ShownText.text(text).unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&apos;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  static func escaped(_ bytes: ByteString) -> String { escaped(Escaping.visible(bytes.bytes)) }
}
