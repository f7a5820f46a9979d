/// Reads the requests of one input: one, an array of them, or one a line.
struct RequestReader {
  /// One request to be judged, or what stands in its place.
  enum Entry {
    case text(JSONText)
    case unreadable(Report.Request)
  }

  let isLines: Bool
  let limits: JSONLimits

  /// The largest file that is read whole; lines have no such bound.
  static let maxFileBytes = 128 << 20

  /// Calls `body` for each request in order. What cannot be read is one entry; the others still come.
  func forEachRequest(of input: FileSelection.Input, _ body: (Entry) -> Void) {
    do throws(Diagnostic) {
      if isLines {
        try forEachLine(of: input, body)
      } else {
        try forEachElement(of: input, body)
      }
    } catch {
      body(.unreadable(.unreadable(Self.named(error, input), path: input.shown)))
    }
  }

  /// The path is reported as it was given, not as it was opened.
  static func named(_ error: Diagnostic, _ input: FileSelection.Input) -> Diagnostic {
    guard error.place == nil else { return error }
    return Diagnostic(error.message, help: error.help, path: input.shown)
  }

  private func forEachElement(of input: FileSelection.Input, _ body: (Entry) -> Void) throws(Diagnostic) {
    let bytes = try read(input)
    let text = JSONText(SourceFile(path: input.shown, bytes: bytes))
    guard ArraySplitter.isArray(text) else { return body(.text(text)) }
    ArraySplitter.forEachElement(of: text) { element in
      switch element {
      case .text(let text): body(.text(text))
      case .unreadable(let error, let pointer):
        var request = Report.Request.unreadable(error, path: input.shown)
        request.pointer = pointer
        body(.unreadable(request))
      }
    }
  }

  private func read(_ input: FileSelection.Input) throws(Diagnostic) -> [UInt8] {
    if let object = input.object { return try object.content(maxBytes: Self.maxFileBytes) }
    if let content = input.content { return content }
    guard let file = input.file else {
      return try FileReader.readStandardInput(maxBytes: Self.maxFileBytes)
    }
    return try FileReader.read(file, maxBytes: Self.maxFileBytes)
  }

  private func forEachLine(of input: FileSelection.Input, _ body: (Entry) -> Void) throws(Diagnostic) {
    guard input.isUnread else {
      let content = try read(input)
      var reader = LineReader(bytes: content, maxLineBytes: limits.maxBytes)
      while let line = reader.next() {
        switch line {
        case .line(let number, let bytes): body(.text(text(bytes, number, input)))
        case .tooLong(let number): body(.unreadable(.tooLong(line: number, limits, path: input.shown)))
        case .failed(let error): throw error
        }
      }
      return
    }
    var reader = ChunkReader(try StreamSource(input), maxLineBytes: limits.maxBytes)
    let chunk = LineChunk()
    while try reader.fill(chunk) {
      chunk.forEachLine(of: limits.maxBytes) { number, line in
        body(
          line.map { .text(text(Array($0), number, input)) }
            ?? .unreadable(.tooLong(line: number, limits, path: input.shown)))
      }
    }
  }

  private func text(_ line: [UInt8], _ number: Int, _ input: FileSelection.Input) -> JSONText {
    JSONText(SourceFile(path: input.shown, bytes: line, firstLine: number))
  }
}

extension Report.Request {
  /// A line that was passed over.
  static func tooLong(line: Int, _ limits: JSONLimits, path: ByteString) -> Report.Request {
    let place = Place(file: SourceFile(path: path, bytes: [], firstLine: line), range: 0..<0)
    let error = Diagnostic(
      "the line is longer than \(limits.maxBytes) bytes", help: "raise the limit with `--max-bytes` if it is meant",
      at: place)
    return .unreadable(error, path: path)
  }
}
