/// Paths as bytes, handled as text: nothing here looks at the file system.
///
/// A name on Linux is any bytes but `/` and NUL, so a path is never a `String`.
public enum Path {
  private static let separator = UInt8(ascii: "/")

  /// Whether the path starts at the root.
  public static func isAbsolute(_ path: ByteString) -> Bool { path.bytes.first == separator }

  /// `path` as seen from the directory `base`; an absolute path is itself, and so is one seen from `.` or from nowhere.
  public static func join(_ base: ByteString, _ path: ByteString) -> ByteString {
    if path.isEmpty { return base }
    if isAbsolute(path) { return path }
    return ByteString(prefix(base).bytes + path.bytes)
  }

  /// What comes before a name in `join(base, name)`.
  static func prefix(_ base: ByteString) -> ByteString {
    if base.isEmpty || base == "." { return "" }
    return base.bytes.last == separator ? base : ByteString(base.bytes + [separator])
  }

  /// The directory that holds the path: `a/b` gives `a`, `a` gives `.`, `/` gives `/`.
  public static func parent(_ path: ByteString) -> ByteString {
    if isPlain(path), let slash = path.bytes.lastIndex(of: separator) {
      return slash == 0 ? "/" : ByteString(path.bytes[..<slash])
    }
    let components = components(path)
    let isAbsolute = isAbsolute(path)
    guard components.count > 1 else { return isAbsolute ? "/" : "." }
    return assemble(components.dropLast(), isAbsolute: isAbsolute)
  }

  /// The last name, empty for the root: `a/b/` gives `b`.
  public static func lastComponent(_ path: ByteString) -> ByteString {
    if isPlain(path), let slash = path.bytes.lastIndex(of: separator) { return ByteString(path.bytes[(slash + 1)...]) }
    return ByteString(components(path).last ?? [])
  }

  /// Whether the last name of a path is that one, which is not empty.
  static func isNamed(_ path: ByteString, _ name: ByteString) -> Bool {
    path.ends(with: name) ? lastComponent(path) == name : path.bytes.last == separator && lastComponent(path) == name
  }

  /// The path without empty names, `.` and `..`, by text alone: `a/./b/../c` gives `a/c`. Leading `..` of a relative
  /// path stay, those of an absolute one vanish, and nothing at all is `.`.
  ///
  /// Where a name is a symbolic link the result may be another file; `FileSystem.realPath` follows links.
  public static func normalised(_ path: ByteString) -> ByteString {
    if isNormal(path.bytes) { return path }
    let isAbsolute = isAbsolute(path)
    var kept: [ArraySlice<UInt8>] = []
    for name in components(path) where !name.elementsEqual(".".utf8) {
      if !isParent(name) {
        kept.append(name)
      } else if let last = kept.last, !isParent(last) {
        kept.removeLast()
      } else if !isAbsolute {
        kept.append(name)
      }
    }
    return assemble(kept[...], isAbsolute: isAbsolute)
  }

  /// The way from the directory `base` to `path`, by text alone; `.` where they are one. Nil unless both are absolute.
  public static func relative(_ path: ByteString, to base: ByteString) -> ByteString? {
    guard isAbsolute(path), isAbsolute(base) else { return nil }
    let target = components(normalised(path))
    let origin = components(normalised(base))
    var common = 0
    while common < min(target.count, origin.count), target[common] == origin[common] { common += 1 }
    let up = repeatElement(ArraySlice("..".utf8), count: origin.count - common)
    return assemble((up + target.dropFirst(common))[...], isAbsolute: false)
  }

  /// The path from the directory `base` down to `path`, both absolute; nil when it is not beneath, `.` where they are one.
  static func beneath(_ path: ByteString, _ base: ByteString) -> ByteString? {
    if isPlain(path), isPlain(base), path.count > base.count {
      guard path.bytes[base.count] == separator, path.starts(with: base) else { return nil }
      return ByteString(path.bytes[(base.count + 1)...])
    }
    guard let relative = relative(path, to: base) else { return nil }
    return relative == ".." || relative.starts(with: "../") ? nil : relative
  }

  /// Whether the path is absolute, not the root, and without empty names, `.` and `..`: most are, and need no taking
  /// apart.
  private static func isPlain(_ path: ByteString) -> Bool { isAbsolute(path) && isNormal(path.bytes) }

  private static func components(_ path: ByteString) -> [ArraySlice<UInt8>] { path.bytes.split(separator: separator) }

  /// Whether there is no empty name, `.` or `..` in a path, as in most.
  private static func isNormal(_ path: [UInt8]) -> Bool {
    var (length, dots) = (0, 0)
    for (index, byte) in path.enumerated() {
      if byte != separator {
        length += 1
        if byte == UInt8(ascii: ".") { dots += 1 }
      } else if index > 0, length == 0 || (length == dots && length <= 2) {
        return false
      } else {
        (length, dots) = (0, 0)
      }
    }
    return length > 0 && !(length == dots && length <= 2)
  }

  private static func isParent(_ name: ArraySlice<UInt8>) -> Bool { name.elementsEqual("..".utf8) }

  private static func assemble(_ names: ArraySlice<ArraySlice<UInt8>>, isAbsolute: Bool) -> ByteString {
    if names.isEmpty { return isAbsolute ? "/" : "." }
    var bytes: [UInt8] = []
    for name in names {
      if isAbsolute || !bytes.isEmpty { bytes.append(separator) }
      bytes += name
    }
    return ByteString(bytes)
  }
}
