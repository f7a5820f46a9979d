import Glibc

/// Paths as bytes: a file name need not be UTF-8.
enum FilePath {
  private static let slash = UInt8(ascii: "/")

  static func isAbsolute(_ path: ByteString) -> Bool { path.bytes.first == slash }

  static func join(_ base: ByteString, _ path: ByteString) -> ByteString {
    if isAbsolute(path) || base.isEmpty || base == "." { return path }
    return ByteString(base.bytes + (base.bytes.last == slash ? [] : [slash]) + path.bytes)
  }

  static func parent(_ path: ByteString) -> ByteString {
    guard let index = path.bytes.lastIndex(of: slash) else { return "." }
    return index == 0 ? "/" : ByteString(path.bytes[..<index])
  }

  static func lastComponent(_ path: ByteString) -> ByteString {
    ByteString(path.bytes.split(separator: slash).last ?? [])
  }

  /// Without `.`, `..` and doubled slashes, by the text alone.
  static func normalized(_ path: ByteString) -> ByteString {
    var parts: [ArraySlice<UInt8>] = []
    for part in path.bytes.split(separator: slash) {
      if part.elementsEqual(".".utf8) { continue }
      let goesUp = part.elementsEqual("..".utf8)
      if goesUp, let last = parts.last, !last.elementsEqual("..".utf8) {
        parts.removeLast()
      } else if !(goesUp && isAbsolute(path)) {
        parts.append(part)
      }
    }
    let joined = Array(parts.joined(separator: [slash]))
    if isAbsolute(path) { return ByteString([slash] + joined) }
    return joined.isEmpty ? "." : ByteString(joined)
  }

  /// The path from `base` down to `path`, both absolute and normalized; nil when it is not beneath.
  static func relative(_ path: ByteString, to base: ByteString) -> ByteString? {
    if path == base { return "." }
    let prefix = base.bytes.last == slash ? base : ByteString(base.bytes + [slash])
    return path.starts(with: prefix) ? path.dropping(prefix) : nil
  }

  /// The absolute path with every link resolved; nil when there is no such file.
  static func real(_ path: ByteString) -> ByteString? {
    guard !path.bytes.contains(0) else { return nil }
    return withCString(path) { pointer in
      guard let resolved = realpath(pointer, nil) else { return nil }
      defer { free(resolved) }
      return ByteString(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
    }
  }

  /// The working directory, absolute, with links resolved.
  static var currentDirectory: ByteString { real(".") ?? "/" }

  /// The absolute form of a path, by the text alone.
  static func absolute(_ path: ByteString) -> ByteString { normalized(join(currentDirectory, path)) }

  static func exists(_ path: ByteString) -> Bool { status(path) != nil }

  static func isDirectory(_ path: ByteString) -> Bool { status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }

  static func isRegularFile(_ path: ByteString) -> Bool { status(path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false }

  static func isWritableByOthers(_ path: ByteString) -> Bool { status(path).map { $0.st_mode & S_IWOTH != 0 } ?? false }

  private static func status(_ path: ByteString) -> stat? {
    guard !path.bytes.contains(0) else { return nil }
    var result = stat()
    return withCString(path) { stat($0, &result) } == 0 ? result : nil
  }

  /// Calls with the path as a C string. The path must hold no NUL.
  static func withCString<Result>(_ path: ByteString, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (path.bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(body) ?? body("")
    }
  }
}
