import Foundation
import Testing

@testable import Copylint

@Suite struct DirectoryWalkTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test func findsFilesInTheOrderOfTheirBytes() {
    for name in ["b.json", "a/z.json", "a.json", "a-b.json", "a/b/c.json", ".hidden/x.json"] {
      folder.write([], to: ByteString(name))
    }
    #expect(found() == [".hidden/x.json", "a-b.json", "a.json", "a/b/c.json", "a/z.json", "b.json"])
  }

  @Test func leavesOutGit() {
    folder.write([], to: ".git/config.json")
    folder.write([], to: "sub/.git")
    folder.write([], to: "a.git/b.json")
    #expect(found() == ["a.git/b.json"])
  }

  @Test func neverFollowsALinkToADirectory() {
    folder.write([], to: "a/b.json")
    folder.link("a/loop", to: "..")
    folder.link("a/self", to: "self")
    folder.link("out", to: "/")
    folder.link("a/link.json", to: "b.json")
    folder.link("a/dangling.json", to: "none.json")
    #expect(found() == ["a/b.json", "a/dangling.json", "a/link.json", "a/self"])
    #expect(problems() == [])
  }

  @Test func theRootItselfMayBeALink() {
    folder.write([], to: "a/b.json")
    folder.link("link", to: "a")
    let (files, problems) = DirectoryWalk.files(beneath: folder.path("link")) { _, _ in false }
    #expect(files == [folder.path("link/b.json")])
    #expect(problems.isEmpty)
  }

  /// Reading one says what it is; leaving it out would say nothing.
  @Test func givesPipesLikeFiles() {
    #expect(folder.path("pipe.json").withCString { mkfifo($0, 0o600) } == 0)
    #expect(found() == ["pipe.json"])
  }

  @Test func keepsNamesThatAreNotText() {
    let name = ByteString([0x61, 0xFF, 0x0A] + Array(".json".utf8))
    folder.write([], to: name)
    folder.write([], to: "cafe\u{301}.json" as ByteString)
    folder.write([], to: "caf\u{E9}.json" as ByteString)
    #expect(found().count == 3)
    #expect(found().first == name)
  }

  @Test func skipsWhatItIsToldTo() {
    folder.write([], to: "keep/a.json")
    folder.write([], to: "keep/b.txt")
    folder.write([], to: "archive/deep/c.json")
    var asked: [String] = []
    let (files, _) = DirectoryWalk.files(beneath: folder.path) { path, isDirectory in
      asked.append(path.displayString + (isDirectory ? "/" : ""))
      return isDirectory ? path == "archive" : !path.ends(with: ".json")
    }
    #expect(files == [folder.path("keep/a.json")])
    #expect(asked.sorted() == ["archive/", "keep/", "keep/a.json", "keep/b.txt"])
  }

  @Test func aTreeThatIsTooDeepIsAProblem() {
    let level = ByteString(Array("d/".utf8))
    let deepest = ByteString((0..<DirectoryWalk.maxDepth).flatMap { _ in level.bytes })
    folder.write([], to: ByteString(deepest.bytes + Array("ok.json".utf8)))
    folder.write([], to: ByteString(deepest.bytes + Array("d/lost.json".utf8)))
    #expect(found().count == 1)
    #expect(problems() == ["directories nest deeper than 256 levels"])
  }

  @Test func aMissingRootIsAProblem() {
    let (files, problems) = DirectoryWalk.files(beneath: folder.path("none")) { _, _ in false }
    #expect(files.isEmpty)
    #expect(problems.map(\.message) == ["no such file or directory"])
    #expect(problems.first?.path == folder.path("none"))
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func theWalkGoesOnPastAnUnreadableDirectory() {
    folder.write([], to: "a/x.json")
    folder.write([], to: "b/y.json")
    #expect(folder.path("a").withCString { chmod($0, 0) } == 0)
    defer { _ = folder.path("a").withCString { chmod($0, 0o700) } }
    #expect(found() == ["b/y.json"])
    #expect(problems() == ["permission denied"])
  }

  private func found() -> [ByteString] {
    let (files, _) = DirectoryWalk.files(beneath: folder.path) { _, _ in false }
    return files.compactMap { Path.relative($0, to: folder.path) }
  }

  private func problems() -> [String] {
    DirectoryWalk.files(beneath: folder.path) { _, _ in false }.problems.map(\.message)
  }
}
