import Glibc

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files of one log that were set aside: `NAME.20261125T093000Z-0001`, so that the order of their names is that in
/// which they were written.
enum LogParts {
  /// The longest ago first. Throws what the directory could not be read with.
  static func names(of path: String) throws(DecisionLogError) -> [String] {
    guard let folder = opendir(folder(of: path)) else { throw .last(path) }
    defer { closedir(folder) }
    let prefix = lastComponent(of: path) + "."
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let suffix = suffix(of: name, after: prefix), isSuffix(suffix) { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { beside(path, $0) }
  }

  /// The name for a file that is set aside now: later than all there are, also where the clock went back.
  static func next(for path: String, at date: Date) throws(DecisionLogError) -> String {
    let now = stamp(date)
    guard let last = try names(of: path).last.map({ String(decoding: $0.utf8.suffix(suffixCount), as: UTF8.self) })
    else { return "\(path).\(now)-0001" }
    let before = String(decoding: last.utf8.prefix(now.utf8.count), as: UTF8.self)
    guard !before.utf8.lexicographicallyPrecedes(now.utf8) else { return "\(path).\(now)-0001" }
    let number = (Int(String(decoding: last.utf8.suffix(4), as: UTF8.self)) ?? 0) + 1
    guard number < 10_000 else { throw DecisionLogError(path: path, reason: "it was set aside too often this second") }
    let digits = String(number)
    return "\(path).\(before)-" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }

  /// The directory that a file is in.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return String(path[...slash])
  }

  private static func lastComponent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  private static func beside(_ path: String, _ name: String) -> String {
    path.utf8.contains(UInt8(ascii: "/")) ? folder(of: path) + name : name
  }

  private static func suffix(of name: String, after prefix: String) -> Substring.UTF8View? {
    guard name.utf8.starts(with: prefix.utf8) else { return nil }
    return name.utf8.dropFirst(prefix.utf8.count)
  }

  private static let suffixCount = "20261125T093000Z-0001".utf8.count

  private static func isSuffix(_ suffix: Substring.UTF8View) -> Bool {
    let pattern = "00000000T000000Z-0000".utf8
    return suffix.count == pattern.count
      && zip(suffix, pattern).allSatisfy { byte, form in
        form == UInt8(ascii: "0") ? (0x30...0x39).contains(byte) : byte == form
      }
  }

  private static func stamp(_ date: Date) -> String {
    date.formatted(
      Date.ISO8601FormatStyle(dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted))
  }
}
