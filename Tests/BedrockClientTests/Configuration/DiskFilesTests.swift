import Foundation
import Testing

@testable import BedrockClient

@Suite struct DiskFilesTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  @Test func readsAFileWithinTheBound() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("abc".utf8).write(to: URL(fileURLWithPath: path("a")))
    #expect(try DiskFiles().read(path("a"), maxBytes: 3) == Array("abc".utf8))
    #expect(throws: LocalFileError.tooLarge(limit: 2)) { try DiskFiles().read(path("a"), maxBytes: 2) }
    #expect(throws: LocalFileError.notFound) { try DiskFiles().read(path("b"), maxBytes: 3) }
    #expect(throws: LocalFileError.notFound) { try DiskFiles().read(path("a") + "\0b", maxBytes: 3) }
    #expect(throws: LocalFileError.notRegular) { try DiskFiles().read(folder.path, maxBytes: 3) }
  }

  @Test func aPipeIsNotWaitedFor() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(mkfifo(path("pipe"), 0o600) == 0)
    #expect(throws: LocalFileError.notRegular) { try DiskFiles().read(path("pipe"), maxBytes: 3) }
    #expect(throws: LocalFileError.notRegular) { try DiskFiles().read("/dev/zero", maxBytes: 3) }
    #expect(try DiskFiles().read("/dev/null", maxBytes: 3) == [])
  }

  @Test func aFileIsReplacedWholeAndOfThisUserAlone() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for content in ["", "abc", String(repeating: "x", count: 1 << 20)] {
      try DiskFiles().replace(path("a"), with: Array(content.utf8))
      #expect(try DiskFiles().read(path("a"), maxBytes: 1 << 20) == Array(content.utf8))
      #expect(try FileManager.default.attributesOfItem(atPath: path("a"))[.posixPermissions] as? Int == 0o600)
      // The next one takes the place of one that others could read.
      #expect(chmod(path("a"), 0o644) == 0)
    }
    #expect(throws: LocalFileError.notFound) { try DiskFiles().replace(path("none") + "/a", with: [1]) }
    #expect(throws: LocalFileError.notFound) { try DiskFiles().replace(path("a") + "\0b", with: [1]) }
    try FileManager.default.createDirectory(atPath: path("folder"), withIntermediateDirectories: false)
    #expect(throws: LocalFileError.self) { try DiskFiles().replace(path("folder"), with: [1]) }
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder.path)) == ["a", "folder"])
  }

  @Test func theHomeDirectory() {
    #expect(DiskFiles().homeDirectory(ProcessEnvironment(["HOME": "/h"])) == "/h")
    #expect(DiskFiles().homeDirectory(ProcessEnvironment([:]))?.utf8.first == UInt8(ascii: "/"))
    let files = MemoryFiles()
    #expect(files.expanded("~", ProcessEnvironment(["HOME": "/h"])) == "/h")
    #expect(files.expanded("~/a", ProcessEnvironment(["HOME": "/h"])) == "/h/a")
    #expect(files.expanded("~other/a", ProcessEnvironment(["HOME": "/h"])) == "~other/a")
    #expect(files.expanded("a~", ProcessEnvironment(["HOME": "/h"])) == "a~")
  }
}
