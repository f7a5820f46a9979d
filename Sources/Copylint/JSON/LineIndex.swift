/// Where the lines of a text start, and how many code points stand before each block of it.
///
/// The counts make a column cheap however long the line is: a file of many requests is often one line.
struct LineIndex: Sendable {
  /// Byte offsets of the first byte of each line; never empty.
  let starts: [Int]
  /// Code points before each block of `blockSize` bytes.
  private let codePointsBeforeBlock: [Int]

  private static let blockSize = 4096

  /// LF, CR LF and a lone CR each end a line, as editors have it.
  init(_ bytes: [UInt8]) {
    var starts = [0]
    var blocks: [Int] = []
    bytes.withUnsafeBufferPointer { buffer in
      var codePoints = 0
      for index in buffer.indices {
        if index % Self.blockSize == 0 { blocks.append(codePoints) }
        let byte = buffer[index]
        if byte & 0xC0 != 0x80 { codePoints += 1 }
        let isBareCR = byte == 0x0D && !(index + 1 < buffer.count && buffer[index + 1] == 0x0A)
        if byte == 0x0A || isBareCR { starts.append(index + 1) }
      }
    }
    self.starts = starts
    codePointsBeforeBlock = blocks
  }

  /// The 0-based line that holds a byte.
  func line(containing offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// How many code points begin before a byte.
  func codePoints(before offset: Int, in bytes: [UInt8]) -> Int {
    guard let last = codePointsBeforeBlock.indices.last else { return 0 }
    let block = min(offset / Self.blockSize, last)
    return bytes[(block * Self.blockSize)..<offset].reduce(codePointsBeforeBlock[block]) {
      $0 + ($1 & 0xC0 == 0x80 ? 0 : 1)
    }
  }
}
