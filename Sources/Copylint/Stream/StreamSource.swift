/// The bytes of a stream of requests, unpacked where they are gzip (RFC 1952), which its first two bytes say.
final class StreamSource {
  private let file: OpenFile
  private var head: [UInt8] = []
  private var inflater: GzipReader?
  /// Bytes taken from the file so far, before unpacking.
  private(set) var bytesRead = 0

  /// What the file holds, by its size; 0 where unknown.
  var size: Int { file.size }

  private static let magic: [UInt8] = [0x1F, 0x8B]

  /// Reads as much as it takes to know what the stream is.
  init(_ file: OpenFile) throws(Diagnostic) {
    self.file = file
    var first = [UInt8](repeating: 0, count: 1 << 12)
    while head.count < Self.magic.count {
      let count = try Self.read(file, into: &first)
      if count == 0 { break }
      head += first[..<count]
      bytesRead += count
    }
    if head.starts(with: Self.magic) { inflater = try GzipReader(path: file.path) }
  }

  /// Opens an input: a file, or standard input.
  convenience init(_ input: FileSelection.Input) throws(Diagnostic) {
    guard let path = input.file else {
      try self.init(.standardInput)
      return
    }
    try self.init(OpenFile(opening: path))
  }

  private static func read(_ file: OpenFile, into bytes: inout [UInt8]) throws(Diagnostic) -> Int {
    do throws(SystemError) {
      return try bytes.withUnsafeMutableBufferPointer { buffer throws(SystemError) in try file.read(into: buffer) }
    } catch {
      throw error.diagnostic(file.path)
    }
  }

  /// Reads into `buffer`, which is not empty, and returns how many bytes came; 0 at the end.
  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int {
    guard let inflater else { return try readRaw(into: buffer) }
    return try inflater.read(into: buffer) { input throws(Diagnostic) in try self.readRaw(into: input) }
  }

  private func readRaw(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int {
    guard head.isEmpty else {
      let count = min(head.count, buffer.count)
      for index in 0..<count { buffer[index] = head[index] }
      head.removeFirst(count)
      return count
    }
    do throws(SystemError) {
      let count = try file.read(into: buffer)
      bytesRead += count
      return count
    } catch {
      throw error.diagnostic(file.path)
    }
  }

  /// Whether a read would wait for somebody to write.
  var wouldWait: Bool { head.isEmpty && file.wouldWait }
}

extension FileSelection.Input {
  /// Whether its content is still to be read.
  var isUnread: Bool { object == nil && content == nil }
}
