import Foundation
import Testing

@testable import Copylint

@Suite struct LineReaderTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test func givesLinesAndTheirNumbers() throws {
    let path = folder.write(Array("one\r\n\n \t\r\ntwo\r\r\n123456\r\n1234567\nlast".utf8), to: "a.ndjson")
    #expect(try lines(path, 6) == ["1 one", "4 two\r", "5 123456", "6 too long", "7 last"])
  }

  @Test func aCarriageReturnAtTheEndEndsNoLine() throws {
    #expect(try lines(folder.write(Array("1234\r".utf8), to: "a"), 5) == ["1 1234\r"])
    #expect(try lines(folder.write(Array("12345\r".utf8), to: "b"), 5) == ["1 too long"])
  }

  @Test func anEmptyFileHasNoLine() throws {
    #expect(try lines(folder.write([], to: "a"), 6) == [])
    #expect(try lines(folder.write(Array("\n\n".utf8), to: "b"), 6) == [])
  }

  @Test func agreesWithSplittingTheWhole() throws {
    var random = RandomSource(seed: 17)
    for round in 0..<400 {
      let content = randomLines(&random)
      let file = try OpenFile(opening: folder.write(content, to: ByteString("\(round)")))
      #expect(lines(LineReader(file, maxLineBytes: 70, chunkSize: 64)) == naive(content, 70))
    }
  }

  /// Chunks end anywhere, between CR and LF too.
  @Test(arguments: 1...20)
  func agreesWhereverChunksEnd(_ chunkSize: Int) throws {
    let content = Array("a\r\n\r\nbc\n\r\nlonger than eight\r\n12345678\r\n123456789\n\r".utf8)
    let file = try OpenFile(opening: folder.write(content, to: "a.ndjson"))
    #expect(lines(LineReader(file, maxLineBytes: 8, chunkSize: chunkSize)) == naive(content, 8))
  }

  @Test func aHugeLineIsPassedOverInLittleMemory() throws {
    let path = folder.write(Array("{}\n".utf8), to: "a.ndjson")
    // A hole of 256 MiB takes no space on disk and reads as NUL.
    #expect(path.withCString { truncate($0, 1 << 28) } == 0)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path.displayString))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("\n{\"next\":1}\n".utf8))
    try handle.close()
    let before = peakKilobytes()
    #expect(try lines(path, 1 << 20) == ["1 {}", "2 too long", "3 {\"next\":1}"])
    // Other tests run beside this one, so the bound is wide: the line itself is 262,144 kB.
    #expect(peakKilobytes() - before < 150_000)
  }

  @Test func aFailureIsSaidOnce() {
    var reader = LineReader(OpenFile(descriptor: -1, path: "<stdin>"), maxLineBytes: 8)
    guard case .failed(let error) = reader.next() else {
      Issue.record("read from nowhere")
      return
    }
    #expect(error.path == "<stdin>")
    if reader.next() != nil { Issue.record("went on after a failure") }
  }

  @Test func refusesWhatIsNoFile() {
    #expect(throws: Diagnostic.self) { try LineReader("/dev/zero", maxLineBytes: 10) }
  }

  private func lines(_ path: ByteString, _ maxLineBytes: Int) throws -> [String] {
    lines(try LineReader(path, maxLineBytes: maxLineBytes))
  }

  private func lines(_ reader: LineReader) -> [String] {
    var reader = reader
    var output: [String] = []
    while let line = reader.next() { output.append(describe(line)) }
    return output
  }

  private func describe(_ line: LineReader.Line) -> String {
    switch line {
    case .line(let number, let bytes): "\(number) \(String(decoding: bytes, as: UTF8.self))"
    case .tooLong(let number): "\(number) too long"
    case .failed(let error): "failed: \(error.message)"
    }
  }

  private func naive(_ content: [UInt8], _ maxLineBytes: Int) -> [String] {
    let pieces = content.split(separator: 0x0A, omittingEmptySubsequences: false)
    return pieces.enumerated().compactMap { index, piece in
      let hasLineFeed = index < pieces.count - 1
      let line = hasLineFeed && piece.last == 0x0D ? piece.dropLast() : piece
      if line.count > maxLineBytes { return "\(index + 1) too long" }
      let isBlank = line.allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
      return isBlank ? nil : "\(index + 1) \(String(decoding: line, as: UTF8.self))"
    }
  }

  /// Lines about as long as the limit and the reader's chunk, where an error of one byte would show.
  private func randomLines(_ random: inout RandomSource) -> [UInt8] {
    var content: [UInt8] = []
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let lengths = [0, 1, 5, 62, 63, 64, 65, 69, 70, 71, 140]
      let length = lengths.randomElement(using: &random) ?? 0
      content.append(contentsOf: repeatElement(UInt8.random(in: 0x61...0x7A, using: &random), count: length))
      content.append(contentsOf: (["\n", "\r\n", "\r\r\n", "\n\n", "\r"].randomElement(using: &random) ?? "").utf8)
    }
    return content
  }

  private func peakKilobytes() -> Int {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss
  }
}
