import Foundation
import Testing

@testable import Copylint

@Suite struct AtomicFileTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func message(_ path: ByteString, mayReplace: Bool = true) -> String? {
    do throws(Diagnostic) {
      try AtomicFile.write([1, 2, 3], to: path, mayReplace: mayReplace)
      return nil
    } catch {
      #expect(error.path == path)
      return error.message
    }
  }

  private func content(_ name: ByteString) -> [UInt8]? { try? FileReader.read(folder.path(name), maxBytes: 1 << 24) }

  private func permissions(_ name: ByteString) -> mode_t {
    var status = stat()
    return folder.path(name).withCString { lstat($0, &status) } == 0 ? status.st_mode & 0o7777 : 0
  }

  private var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path.displayString).sorted()) ?? []
  }

  @Test(arguments: [0, 1, 4096, (1 << 20) + 1])
  func makesAPrivateFile(_ size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    try AtomicFile.write(bytes, to: folder.path("a"))
    #expect(content("a") == bytes)
    #expect(permissions("a") == 0o600)
    #expect(names == ["a"])
  }

  @Test(arguments: [(0o644, 0o644), (0o600, 0o600), (0o666, 0o644), (0o777, 0o755)])
  func keepsPermissionsButForWritingByOthers(_ before: mode_t, _ after: mode_t) throws {
    let path = folder.write(Array("old, and longer than the new".utf8), to: "a")
    #expect(path.withCString { chmod($0, before) } == 0)
    try AtomicFile.write([1], to: path)
    #expect(content("a") == [1])
    #expect(permissions("a") == after)
  }

  @Test func aLongNameAndOneThatIsNoUTF8() throws {
    for name in [ByteString([UInt8](repeating: 0x61, count: 255)), ByteString([0xFF, 0x0A])] {
      try AtomicFile.write([7], to: folder.path(name))
      #expect(content(name) == [7])
    }
  }

  @Test func aLinkIsNotFollowed() {
    folder.write([9], to: "target")
    folder.link("link", to: "target")
    folder.link("dangling", to: "nowhere")
    #expect(message(folder.path("link")) == "cannot be written: is a symbolic link, not a file")
    #expect(message(folder.path("dangling")) == "cannot be written: is a symbolic link, not a file")
    #expect(content("target") == [9])
    #expect(names == ["dangling", "link", "target"])
  }

  @Test func whatIsNoFileIsRefusedWithoutWaiting() {
    let pipe = folder.path("pipe")
    #expect(pipe.withCString { mkfifo($0, 0o600) } == 0)
    #expect(message(pipe) == "cannot be written: is a named pipe, not a file")
    #expect(message("/dev/null") == "cannot be written: is a device, not a file")
    #expect(message(folder.path) == "cannot be written: is a directory, not a file")
    #expect(names == ["pipe"])
  }

  @Test func aFileThatMayNotBeReplacedStays() {
    folder.write([9], to: "a")
    #expect(message(folder.path("a"), mayReplace: false) == "cannot be written: it exists already")
    #expect(content("a") == [9])
    #expect(message(folder.path("b"), mayReplace: false) == nil)
    #expect(content("b") == [1, 2, 3])
    #expect(names == ["a", "b"])
  }

  @Test func aFolderThatIsNotThere() {
    #expect(message(folder.path("no/a")) == "cannot be written: no such file or directory")
    #expect(message("") == "cannot be written: no such file or directory")
    folder.write([9], to: "file")
    #expect(message(folder.path("file/a")) == "cannot be written: a part of the path is not a directory")
  }

  @Test func aNameThatTheSystemRefuses() {
    let name = ByteString([UInt8](repeating: 0x61, count: 256))
    #expect(message(folder.path(name)) == "cannot be written: the path is too long")
    #expect(message(folder.path("a\0b")) == "cannot be written: no such file or directory")
    #expect(names == [])
  }

  @Test func readersSeeOneContentOrTheOther() async throws {
    let path = folder.path("a")
    let contents = [[UInt8](repeating: 1, count: 50_000), [UInt8](repeating: 2, count: 70_000)]
    try AtomicFile.write(contents[0], to: path)
    await withTaskGroup(of: Bool.self) { group in
      for content in contents {
        group.addTask { (0..<20).allSatisfy { _ in (try? AtomicFile.write(content, to: path)) != nil } }
      }
      group.addTask {
        (0..<200).allSatisfy { _ in contents.contains((try? FileReader.read(path, maxBytes: 1 << 20)) ?? []) }
      }
      for await isGood in group { #expect(isGood) }
    }
    #expect(names == ["a"])
  }
}
