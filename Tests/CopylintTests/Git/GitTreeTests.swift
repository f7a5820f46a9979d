import Testing

@testable import Copylint

/// What git lists, and where its links lead.
@Suite struct GitTreeTests {
  private static let object = String(repeating: "a", count: 40)

  private static func record(_ mode: String, _ path: String) -> String { "\(mode) \(object) 0\t\(path)\0" }

  private func tree(_ records: String...) throws -> GitTree { try GitTree(index: Array(records.joined().utf8)) }

  @Test func theIndexIsListed() throws {
    let tree = try tree(
      Self.record("100644", "a b.json"), Self.record("100755", "d/\u{E9}\n.json"), Self.record("120000", "l"),
      Self.record("160000", "s"))
    #expect(
      tree.entries.mapValues(\.kind) == ["a b.json": .file, "d/\u{E9}\n.json": .file, "l": .link, "s": .submodule])
    #expect(tree.entries["l"]?.object == ByteString(Self.object))
  }

  @Test func aCommitIsListed() throws {
    let tree = try GitTree(tree: Array("100644 blob \(Self.object)\tpolicy/p.json\0".utf8))
    #expect(tree.entries == ["policy/p.json": .init(kind: .file, object: ByteString(Self.object))])
  }

  @Test(arguments: ["100644", "100644 x\tp", "100644 x 0 p", "777777 x 0\tp", "040000 x 0\tp"])
  func anotherFormIsRefused(_ record: String) {
    #expect(throws: Diagnostic.self) { try GitTree(index: Array("\(record)\0".utf8)) }
  }

  @Test func aConflictIsRefused() {
    let error = #expect(throws: Diagnostic.self) {
      try GitTree(index: Array("100644 \(Self.object) 2\ta.json\0".utf8))
    }
    #expect(error?.message == "is in conflict")
    #expect(error?.path == "a.json")
  }

  private static let links: [ByteString: ByteString] = [
    "link": "real/a.json", "folder": "real", "up": "../out", "round": "round", "deep/back": "../real/./a.json",
    "absolute": "/real/a.json", "chain": "deep/back", "nowhere": "none",
  ]

  @Test(
    arguments: [
      ("real/a.json", "real/a.json"), ("link", "real/a.json"), ("folder/a.json", "real/a.json"),
      ("deep/back", "real/a.json"), ("absolute", "real/a.json"), ("chain", "real/a.json"),
      ("real/../link", "real/a.json"), ("up", nil), ("round", nil), ("nowhere", nil), ("none", nil),
      ("real/a.json/b", nil), ("../real/a.json", nil), ("sub/a.json", nil),
    ] as [(ByteString, ByteString?)])
  func linksAreFollowed(_ path: ByteString, _ target: ByteString?) throws {
    var entries: [ByteString: GitTree.Entry] = [
      "real/a.json": .init(kind: .file, object: "f"), "sub": .init(kind: .submodule, object: "s"),
    ]
    // The object of a link is its own name here.
    for name in Self.links.keys { entries[name] = .init(kind: .link, object: name) }
    let found = try GitTree(entries).resolve(path) { entry in Self.links[entry.object] }
    if let target {
      #expect(found == .file(path: target, .init(kind: .file, object: "f")))
    } else {
      #expect(found == .nothing)
    }
  }

  @Test func aDirectoryIsNoFile() throws {
    #expect(try tree(Self.record("100644", "a/b/c")).resolve("a/b") { _ in nil } == .directory)
  }
}
