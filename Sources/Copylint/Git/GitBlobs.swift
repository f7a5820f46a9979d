/// The content of git's objects, one after another, from one `git cat-file --batch`.
final class GitBlobs {
  private let repository: GitRepository
  private var git: (any GitConversation)?
  private var unread: ArraySlice<UInt8> = []

  private static let chunk = 64 << 10

  /// Starts git with the first object that is asked for.
  init(_ repository: GitRepository) { self.repository = repository }

  /// The content of a file's object. Throws when there is none, or it is larger than `maxBytes`.
  func read(_ object: ByteString, maxBytes: Int) throws(Diagnostic) -> [UInt8] {
    let git = try started()
    try git.send(object.bytes + [0x0A])
    let header = try line(git).split(separator: UInt8(ascii: " "))
    guard header.count == 3, header[1].elementsEqual("blob".utf8), let size = Self.number(header[2]) else {
      throw Diagnostic("git has no content for the object \(Escaping.quoted(object))")
    }
    // One more byte is the line feed that ends the answer.
    guard size <= maxBytes else {
      try take(size + 1, git) { _ in }
      throw Diagnostic("is larger than the limit of \(FileReader.byteCount(maxBytes))")
    }
    var content: [UInt8] = []
    content.reserveCapacity(size + 1)
    try take(size + 1, git) { content += $0 }
    content.removeLast()
    return content
  }

  private func started() throws(Diagnostic) -> any GitConversation {
    if let git { return git }
    let started = try repository.startBlobs()
    git = started
    return started
  }

  private func line(_ git: any GitConversation) throws(Diagnostic) -> [UInt8] {
    var line: [UInt8] = []
    while line.last != 0x0A, line.count < 4096 { try take(1, git) { line += $0 } }
    return line.dropLast()
  }

  private func take(
    _ count: Int, _ git: any GitConversation, _ keep: (ArraySlice<UInt8>) -> Void
  ) throws(Diagnostic) {
    var missing = count
    while missing > 0 {
      if unread.isEmpty { unread = try git.read(upTo: Self.chunk) }
      guard !unread.isEmpty else { throw Diagnostic("git ended before it had given every object") }
      let part = unread.prefix(missing)
      keep(part)
      unread = unread.dropFirst(part.count)
      missing -= part.count
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? { Int(String(decoding: digits, as: UTF8.self)) }
}
