/// Text as the text formats show it: no control characters, and nothing that a build log would take for a command.
///
/// Azure Pipelines and TeamCity act on `##vso[` and `##teamcity[`, GitHub's runner on `##[`, anywhere in a line;
/// GitHub's runner acts on `::` at the start of one.
enum ShownText {
  /// Text from anywhere, within a line.
  static func text(_ text: String) -> String {
    let visible = Escaping.visible(text)
    guard visible.utf8.contains(UInt8(ascii: "#")) else { return visible }
    var output = ""
    var previous: Unicode.Scalar = " "
    for scalar in visible.unicodeScalars {
      if startsCommand(scalar, after: previous) { output += "\\x23" } else { output.unicodeScalars.append(scalar) }
      previous = scalar
    }
    return output
  }

  /// A path, at the start of a line.
  static func path(_ path: ByteString) -> String {
    let shown = text(Escaping.visible(path.bytes))
    let blank = shown.unicodeScalars.prefix(while: \.properties.isWhitespace)
    let rest = shown.unicodeScalars[blank.endIndex...]
    guard rest.first == ":" else { return shown }
    return String(blank) + "\\x3a" + String(rest.dropFirst())
  }

  /// Whether showing the scalar as it is would complete the `##` of a command.
  static func startsCommand(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar) -> Bool {
    scalar == "#" && previous == "#"
  }
}

/// One character of an excerpt as shown, and the columns it takes.
struct Cell {
  var text: String
  var width: Int

  /// A tab is shown as one space, so that carets line up whatever the terminal's tab stops are.
  init(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar) {
    if scalar == "\t" {
      (text, width) = (" ", 1)
    } else if ShownText.startsCommand(scalar, after: previous) {
      (text, width) = ("\\x23", 4)
    } else if Escaping.isVisible(scalar) {
      (text, width) = (String(scalar), DisplayWidth.columns(of: scalar))
    } else {
      text = Escaping.visible(String(scalar))
      width = text.utf8.count
    }
  }
}

/// How many columns a terminal gives a character.
enum DisplayWidth {
  /// 0 for combining marks, 2 for East Asian wide and emoji (Unicode Standard Annex 11), else 1.
  static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    // The medial vowels and final consonants of Hangul join the leading consonant's two columns.
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    // Regional indicators come in pairs, and a pair is one flag.
    if (0x1F1E6...0x1F1FF).contains(scalar.value) { return 1 }
    return scalar.properties.isEmojiPresentation || isWide(scalar.value) ? 2 : 1
  }

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    return wide.contains { $0.contains(value) }
  }

  /// East_Asian_Width W and F, unassigned code points of the blocks included.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}
