/// The difference between two contents of a file, as `diff -u` writes it and `patch -p1` and `git apply` read it.
///
/// Text from a file may reach a terminal or a build log here. Lines of request files are shown as they are, tabs and
/// CR LF too, or a patch would not fit; a line with anything that must not be shown is escaped as everywhere, and the
/// patch then does not fit, which `isExact` says.
struct UnifiedDiff {
  private(set) var bytes: [UInt8] = []
  private(set) var isExact = true

  private static let context = 3
  /// Lines of one change beyond which no shortest difference is looked for.
  private static let maxCompared = 4000

  private typealias Line = ArraySlice<UInt8>

  /// Some lines of the old content, and what stands there in the new one.
  private struct Change {
    var old: Range<Int>
    var new: [Line]
  }

  /// `edits` lead from `old` to the new content; sorted, and without overlap.
  init(path: ByteString, old: [UInt8], edits: [Fix.Edit]) {
    let lines = Self.lines(old[...])
    let changes = Self.changes(edits, old, lines)
    guard !changes.isEmpty else { return }
    header("--- ", "a/", path)
    header("+++ ", "b/", path)
    var shift = 0
    var rest = changes[...]
    while let first = rest.first {
      var hunk = [first]
      rest = rest.dropFirst()
      while let next = rest.first, let last = hunk.last, next.old.lowerBound - last.old.upperBound <= 2 * Self.context {
        hunk.append(next)
        rest = rest.dropFirst()
      }
      shift += write(hunk, lines, shift)
    }
  }

  // MARK: Lines

  /// With their LF; the last may have none.
  private static func lines(_ bytes: ArraySlice<UInt8>) -> [Line] {
    var lines: [Line] = []
    var rest = bytes
    while let end = rest.firstIndex(of: 0x0A) {
      lines.append(rest[rest.startIndex...end])
      rest = rest[(end + 1)...]
    }
    return rest.isEmpty ? lines : lines + [rest]
  }

  /// Edits as changes of whole lines, each as short as it gets.
  private static func changes(_ edits: [Fix.Edit], _ old: [UInt8], _ lines: [Line]) -> [Change] {
    var changes: [Change] = []
    var index = 0
    var rest = edits[...]
    while let first = rest.first {
      while index + 1 < lines.count, lines[index].endIndex <= first.range.lowerBound { index += 1 }
      var last = index
      var taken: [Fix.Edit] = []
      while let edit = rest.first, last < lines.count, taken.isEmpty || edit.range.lowerBound < lines[last].endIndex {
        while last + 1 < lines.count, lines[last].endIndex < edit.range.upperBound { last += 1 }
        taken.append(edit)
        rest = rest.dropFirst()
      }
      guard !taken.isEmpty else { break }
      changes += shortest(index..<last + 1, taken, old, lines)
      index = last
    }
    return changes
  }

  private static func shortest(
    _ range: Range<Int>, _ edits: [Fix.Edit], _ old: [UInt8], _ lines: [Line]
  ) -> [Change] {
    let start = lines[range.lowerBound].startIndex
    let before = Array(old[start..<lines[range.upperBound - 1].endIndex])
    let local = edits.map {
      Fix.Edit(range: $0.range.lowerBound - start..<$0.range.upperBound - start, replacement: $0.replacement)
    }
    let new = Self.lines(Fix.applying(local, to: before)[...])
    guard range.count + new.count <= maxCompared else { return [Change(old: range, new: new)] }
    return changes(from: range, lines, to: new)
  }

  private static func changes(from range: Range<Int>, _ lines: [Line], to new: [Line]) -> [Change] {
    let difference = new.difference(from: lines[range])
    var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var changes: [Change] = []
    var (old, at) = (0, 0)
    while old < range.count || at < new.count {
      guard removed.contains(old) || inserted.contains(at) else {
        (old, at) = (old + 1, at + 1)
        continue
      }
      let (oldStart, newStart) = (old, at)
      while removed.contains(old) { old += 1 }
      while inserted.contains(at) { at += 1 }
      changes.append(
        Change(old: range.lowerBound + oldStart..<range.lowerBound + old, new: Array(new[newStart..<at])))
    }
    return changes
  }

  // MARK: Text

  /// Writes one hunk; returns by how many lines the new content is longer.
  private mutating func write(_ changes: [Change], _ lines: [Line], _ shift: Int) -> Int {
    guard let first = changes.first, let last = changes.last else { return 0 }
    let start = max(0, first.old.lowerBound - Self.context)
    let end = min(lines.count, last.old.upperBound + Self.context)
    let added = changes.reduce(0) { $0 + $1.new.count - $1.old.count }
    let (old, new) = (Self.range(start, end - start), Self.range(start + shift, end - start + added))
    bytes += Array("@@ -\(old) +\(new) @@\n".utf8)
    var at = start
    for change in changes {
      for line in lines[at..<change.old.lowerBound] { append(" ", line) }
      for line in lines[change.old] { append("-", line) }
      for line in change.new { append("+", line) }
      at = change.old.upperBound
    }
    for line in lines[at..<end] { append(" ", line) }
    return added
  }

  private static func range(_ start: Int, _ count: Int) -> String { "\(count == 0 ? start : start + 1),\(count)" }

  private mutating func header(_ mark: String, _ prefix: String, _ path: ByteString) {
    let shown = ShownText.text(Escaping.visible(path.bytes))
    isExact = isExact && Array(shown.utf8) == path.bytes
    bytes += Array("\(mark)\(prefix)\(shown)\n".utf8)
  }

  private mutating func append(_ mark: Unicode.Scalar, _ line: Line) {
    bytes.append(UInt8(ascii: mark))
    let isEnded = line.last == 0x0A
    var text = isEnded ? line.dropLast() : line
    let hasReturn = isEnded && text.last == 0x0D
    if hasReturn { text = text.dropLast() }
    bytes += shown(text)
    bytes += hasReturn ? [0x0D, 0x0A] : [0x0A]
    if !isEnded { bytes += Array("\\ No newline at end of file\n".utf8) }
  }

  private mutating func shown(_ text: Line) -> [UInt8] {
    let pieces = text.split(separator: 0x09, omittingEmptySubsequences: false)
    let shown = pieces.map { Array(ShownText.text(Escaping.visible($0)).utf8) }.joined(separator: [0x09])
    if !shown.elementsEqual(text) { isExact = false }
    return Array(shown)
  }
}
