/// Bounds that hold before jansson is called.
public struct JSONLimits: Sendable {
  /// Bytes of one text: a request, a line, a pack.
  public var maxBytes: Int
  /// Arrays and objects within each other.
  public var maxDepth: Int
  /// Values and member names together.
  public var maxTokens: Int

  /// 1 MiB, 64 levels and 100,000 tokens unless told otherwise: the largest request the API admits has some 100 KiB.
  public init(maxBytes: Int = 1 << 20, maxDepth: Int = 64, maxTokens: Int = 100_000) {
    self.maxBytes = maxBytes
    self.maxDepth = maxDepth
    self.maxTokens = maxTokens
  }
}

/// One JSON value to be parsed: a stretch of a file.
public struct JSONText: Sendable {
  /// The file it stands in.
  public var file: SourceFile
  /// Byte offsets into the file.
  public var range: Range<Int>
  /// The address of the value within the file: `/3` for an element of an array that was split.
  public var pointer: JSONPointer

  /// A whole file.
  public init(_ file: SourceFile) {
    self.init(file: file, range: 0..<file.bytes.count, pointer: JSONPointer())
  }

  /// A stretch of a file.
  public init(file: SourceFile, range: Range<Int>, pointer: JSONPointer) {
    self.file = file
    self.range = range
    self.pointer = pointer
  }

  func diagnostic(_ message: String, help: String? = nil, _ range: Range<Int>) -> Diagnostic {
    Diagnostic(message, help: help, at: Place(file: file, range: range))
  }
}
