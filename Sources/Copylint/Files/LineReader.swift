/// Reads a stream line by line in bounded memory: a line that is too long is passed over, and the next ones still come.
struct LineReader {
  /// One line, 1-based.
  enum Line {
    /// Without its line ending; blank lines are counted and left out.
    case line(number: Int, bytes: [UInt8])
    case tooLong(number: Int)
    /// The stream broke; nothing follows.
    case failed(Diagnostic)
  }

  private let file: FileHandle
  private let maxLineBytes: Int
  private var buffer: [UInt8] = []
  private var at = 0
  private var number = 0
  private var isAtEnd = false

  private static let chunk = 64 << 10

  init(_ file: FileHandle, maxLineBytes: Int) {
    self.file = file
    self.maxLineBytes = maxLineBytes
  }

  mutating func next() -> Line? {
    while true {
      do throws(Diagnostic) {
        guard let line = try nextLine() else { return nil }
        if case .line(_, let bytes) = line, bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
        return line
      } catch {
        isAtEnd = true
        (buffer, at) = ([], 0)
        return .failed(error)
      }
    }
  }

  private mutating func nextLine() throws(Diagnostic) -> Line? {
    var line: [UInt8] = []
    var isTooLong = false
    while true {
      if at == buffer.count, try !fill() {
        guard !line.isEmpty || isTooLong else { return nil }
        return finish(line, isTooLong)
      }
      let end = buffer[at...].firstIndex(of: 0x0A) ?? buffer.count
      // One byte more than allowed is kept, for a CR at the end does not count.
      isTooLong = isTooLong || line.count + (end - at) > maxLineBytes + 1
      if isTooLong { line = [] } else { line += buffer[at..<end] }
      let isComplete = end < buffer.count
      at = isComplete ? end + 1 : end
      if isComplete { return finish(line, isTooLong) }
    }
  }

  private mutating func finish(_ line: [UInt8], _ isTooLong: Bool) -> Line {
    number += 1
    let bytes = line.last == 0x0D ? line.dropLast() : line
    return isTooLong || bytes.count > maxLineBytes ? .tooLong(number: number) : .line(number: number, bytes: bytes)
  }

  private mutating func fill() throws(Diagnostic) -> Bool {
    guard !isAtEnd else { return false }
    buffer = try file.read(atMost: Self.chunk)
    at = 0
    isAtEnd = buffer.isEmpty
    return !isAtEnd
  }
}
