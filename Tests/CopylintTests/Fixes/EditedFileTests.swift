import Foundation
import Testing

@testable import Copylint

/// A file is replaced only as long as it is what was read.
@Suite struct EditedFileTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func content(_ path: ByteString) throws -> [UInt8] { try FileReader.read(path, maxBytes: 100) }

  @Test func anUnchangedFileIsReplacedWithItsPermissions() throws {
    let path = folder.write([1], to: "a")
    chmod(path.displayString, 0o640)
    let file = try EditedFile(reading: path, maxBytes: 100)
    try file.replace(with: [2, 3])
    #expect(try content(path) == [2, 3])
    var status = stat()
    #expect(stat(path.displayString, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test(arguments: ["bytes", "same size", "another file", "link", "gone"])
  func aFileThatChangedIsNot(_ change: String) throws {
    let path = folder.write([1], to: "a")
    let file = try EditedFile(reading: path, maxBytes: 100)
    switch change {
    case "bytes": folder.write([1, 1], to: "a")
    case "same size":
      folder.write([9], to: "a")
      // Even with the times put back, the bytes differ.
      var times = [timespec(), timespec()]
      utimensat(AT_FDCWD, path.displayString, &times, 0)
    case "another file": rename(folder.write([1], to: "b").displayString, path.displayString)
    case "link":
      folder.write([1], to: "b")
      unlink(path.displayString)
      folder.link("a", to: "b")
    default: unlink(path.displayString)
    }
    let before = try? content(path)
    let error = #expect(throws: Diagnostic.self) { try file.replace(with: [2]) }
    #expect(error?.message == "is not fixed: it changed since it was read")
    #expect((try? content(path)) == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path.displayString)
    #expect(!names.contains { $0.hasPrefix(".") })
  }

  @Test func whatIsNoFileIsRefused() throws {
    folder.write([1], to: "a")
    folder.link("link", to: "a")
    folder.makeDirectory("folder")
    for (name, message) in [
      ("link", "is a symbolic link, and is not fixed"), ("folder", "is not a file, and is not fixed"),
      ("none", "no such file or directory"),
    ] {
      let error = #expect(throws: Diagnostic.self) {
        _ = try EditedFile(reading: folder.path(ByteString(name)), maxBytes: 100)
      }
      #expect(error?.message == message)
    }
  }
}
