/// The line of a place with the place underlined.
struct Excerpt {
  /// The three lines under a finding's first one: a rule, the line, the underline.
  static func lines(_ place: Place) -> [String] {
    let start = place.start
    let end = place.end
    let line = place.file.line(start.line)
    guard line.startIndex < line.endIndex || place.range.isEmpty else { return [] }
    let stop = end.line == start.line ? min(place.range.upperBound, line.endIndex) : line.endIndex
    let from = min(place.range.lowerBound, line.endIndex)
    let cut = Window(line: line, from: from, to: max(stop, from))
    let number = String(start.line)
    let gutter = String(repeating: " ", count: number.count)
    let carets = String(repeating: "^", count: max(1, width(cut.marked)))
    return [
      "\(gutter) |", "\(number) | \(cut.before)\(cut.marked)\(cut.after)".trimmingTrailingSpaces,
      "\(gutter) | \(String(repeating: " ", count: width(cut.before)))\(carets)",
    ]
  }

  /// The part of a line that is shown, escaped: all of it, or what is around the place when the line is long.
  private struct Window {
    var before: String
    var marked: String
    var after: String

    private static let context = 60
    private static let longest = 100

    /// Lines up to this many bytes are shown whole.
    private static let whole = 160

    init(line: ArraySlice<UInt8>, from: Int, to: Int) {
      let isShort = line.count <= Self.whole
      let marked = Self.head(line[from..<to], isShort ? Self.whole : Self.longest)
      let before = Self.tail(line[line.startIndex..<from], isShort ? Self.whole : Self.context)
      let after = Self.head(line[to..<line.endIndex], isShort ? Self.whole : Self.context)
      self.before = before
      self.marked = marked
      self.after = marked.hasSuffix("…") ? "" : after
    }

    /// The first code points, and whether there were more. Looks only at as many bytes as those can have.
    private static func head(_ bytes: ArraySlice<UInt8>, _ count: Int) -> String {
      let scalars = String(decoding: bytes.prefix(count * 4 + 4), as: UTF8.self).unicodeScalars
      let isWhole = scalars.count <= count && bytes.count <= count * 4 + 4
      return Excerpt.shown(scalars.prefix(count)) + (isWhole ? "" : "…")
    }

    private static func tail(_ bytes: ArraySlice<UInt8>, _ count: Int) -> String {
      var start = max(bytes.startIndex, bytes.endIndex - count * 4)
      while start < bytes.endIndex, bytes[start] & 0xC0 == 0x80 { start += 1 }
      let scalars = String(decoding: bytes[start...], as: UTF8.self).unicodeScalars
      let isWhole = scalars.count <= count && start == bytes.startIndex
      return (isWhole ? "" : "…") + Excerpt.shown(scalars.suffix(count))
    }
  }

  /// A tab is one space, so that carets line up whatever the terminal's tab stops are.
  private static func shown(_ scalars: Substring.UnicodeScalarView) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars.map { $0 == "\t" ? " " : $0 })
    return Escaping.visible(String(text))
  }

  /// Columns of a terminal: none for combining marks, two for wide East Asian characters and emoji.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return isWide(scalar) ? 2 : 1
    }
  }

  /// The blocks of Unicode's East Asian Width `W` and `F` (UAX #11), in ranges.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
