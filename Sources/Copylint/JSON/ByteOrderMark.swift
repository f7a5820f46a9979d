/// Files in another encoding begin with a mark, or with NUL bytes where ASCII would be.
enum ByteOrderMark {
  /// What to do about a file that does not begin like UTF-8 text; nil when it does.
  static func help(_ text: JSONText) -> String? {
    let head = Array(text.file.bytes[text.range].prefix(4))
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return "save the file as UTF-8 without a byte order mark" }
    let isWide = head.starts(with: [0xFE, 0xFF]) || head.starts(with: [0xFF, 0xFE]) || head.prefix(2).contains(0)
    return isWide ? "the file looks like UTF-16 or UTF-32; save it as UTF-8" : nil
  }
}
