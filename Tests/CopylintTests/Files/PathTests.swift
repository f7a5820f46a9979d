import Testing

@testable import Copylint

@Suite struct PathTests {
  @Test(arguments: [
    ("a/./b/../c", "a/c"), ("", "."), (".", "."), ("a/..", "."), ("../../a", "../../a"), ("a/../../b", "../b"),
    ("/../a", "/a"), ("/", "/"), ("//a//b/", "/a/b"), ("/a/..", "/"), ("...", "..."),
  ])
  func normalises(_ path: String, _ expected: String) {
    #expect(Path.normalised(ByteString(path)) == ByteString(expected))
  }

  @Test(arguments: [
    ("a", "b", "a/b"), ("a/", "b", "a/b"), (".", "b", "b"), ("", "b", "b"), ("a", "/b", "/b"), ("/", "b", "/b"),
    ("a", "", "a"), (".", "", "."),
  ])
  func joins(_ base: String, _ path: String, _ expected: String) {
    #expect(Path.join(ByteString(base), ByteString(path)) == ByteString(expected))
  }

  @Test(arguments: [
    ("a/b", "a", "b"), ("a", ".", "a"), ("/a", "/", "a"), ("/", "/", ""), ("a/b/", "a", "b"), ("", ".", ""),
    ("/a/b/c", "/a/b", "c"),
  ])
  func splits(_ path: String, _ parent: String, _ last: String) {
    #expect(Path.parent(ByteString(path)) == ByteString(parent))
    #expect(Path.lastComponent(ByteString(path)) == ByteString(last))
  }

  @Test(arguments: [
    ("/a/b/c", "/a", "b/c"), ("/a", "/a", "."), ("/a", "/a/b", ".."), ("/x/y", "/a/b", "../../x/y"),
    ("/ab", "/a", "../ab"),
    ("/a/../b", "/b/.", "."), ("/a", "/", "a"),
  ])
  func relates(_ path: String, _ base: String, _ expected: String) {
    #expect(Path.relative(ByteString(path), to: ByteString(base)) == ByteString(expected))
  }

  @Test func relatesOnlyAbsolutePaths() {
    #expect(Path.relative("a", to: "/") == nil)
    #expect(Path.relative("/a", to: "b") == nil)
  }

  @Test func findsUpward() throws {
    let folder = try ScratchFolder()
    let file = folder.write([], to: ".copylint.json")
    folder.makeDirectory("a/b")
    #expect(FileSystem.findUpward(".copylint.json", from: folder.path("a/b")) == file)
    #expect(FileSystem.findUpward(".copylint.json", from: folder.path) == file)
    #expect(FileSystem.findUpward("no-such-file-anywhere", from: folder.path("a/b")) == nil)
  }

  @Test func looksThroughLinks() throws {
    let folder = try ScratchFolder()
    let file = folder.write([], to: "a/b.json")
    folder.link("link", to: "a")
    #expect(FileSystem.isDirectory(folder.path("link")))
    #expect(!FileSystem.isDirectory(file))
    #expect(FileSystem.exists(file))
    #expect(!FileSystem.exists(folder.path("none")))
    #expect(FileSystem.realPath(folder.path("link/b.json")) == file)
    #expect(FileSystem.realPath(folder.path("none")) == nil)
    #expect(FileSystem.currentDirectory().map(Path.isAbsolute) == true)
  }
}
