import Foundation
import Testing

@testable import Copylint

@Suite struct FileReaderTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 1 << 20])
  func readsAWholeFile(_ size: Int) throws {
    var random = RandomSource(seed: 5)
    let content = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
    let path = folder.write(content, to: "a.json")
    #expect(try FileReader.read(path, maxBytes: size) == content)
  }

  @Test func followsALinkToAFile() throws {
    folder.write(Array("{}".utf8), to: "a.json")
    folder.link("b.json", to: "a.json")
    #expect(try FileReader.read(folder.path("b.json"), maxBytes: 10) == Array("{}".utf8))
  }

  @Test func refusesWhatIsLargerThanTheLimit() {
    let path = folder.write([UInt8](repeating: 0x20, count: 1025), to: "a.json")
    #expect(message(path, maxBytes: 1024) == "is larger than the limit of 1 KiB")
    #expect(message(path, maxBytes: 1000) == "is larger than the limit of 1000 bytes")
  }

  /// Files beneath /proc say that they are empty, so this one grows as it is read.
  @Test func refusesWhatGrowsBeyondTheLimit() throws {
    #expect(message("/proc/self/maps", maxBytes: 100) == "is larger than the limit of 100 bytes")
    #expect(try FileReader.read("/proc/self/maps", maxBytes: 1 << 24).count > 4096)
  }

  @Test func refusesADirectory() { #expect(message(folder.path) == "is a directory, not a file") }

  @Test func refusesADevice() {
    #expect(message("/dev/zero") == "is a device, not a file")
    #expect(message("/dev/null") == "is a device, not a file")
  }

  @Test func refusesANamedPipeWithoutWaiting() {
    let path = folder.path("pipe")
    #expect(path.withCString { mkfifo($0, 0o600) } == 0)
    #expect(message(path) == "is a named pipe, not a file")
    folder.link("link.json", to: "pipe")
    #expect(message(folder.path("link.json")) == "is a named pipe, not a file")
  }

  @Test func refusesASocket() {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    let path = folder.path("s")
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.bytes.prefix($0.count - 1)) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    #expect(message(path) == "is a socket, not a file")
  }

  @Test func saysWhatIsMissing() {
    #expect(message(folder.path("none.json")) == "no such file or directory")
    #expect(message("") == "no such file or directory")
    folder.write([], to: "a.json")
    #expect(message(folder.path("a.json/b.json")) == "a part of the path is not a directory")
    folder.link("loop", to: "loop")
    #expect(message(folder.path("loop")) == "too many symbolic links on the way")
    #expect(message(ByteString([UInt8](repeating: 0x61, count: 5000))) == "the path is too long")
  }

  /// A C string would end at the NUL, and the file before it would be read under another name.
  @Test func doesNotCutAPathAtNUL() {
    let path = folder.write(Array("{}".utf8), to: "a.json")
    #expect(message(ByteString(path.bytes + [0] + Array(".txt".utf8))) == "no such file or directory")
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func saysWhenPermissionIsMissing() {
    let path = folder.write([], to: "a.json")
    #expect(path.withCString { chmod($0, 0) } == 0)
    #expect(message(path) == "permission denied")
  }

  @Test func errorsAreInWords() {
    #expect(SystemError(code: EACCES).words == "permission denied")
    #expect(SystemError(code: 9999).words == "the system refused (error 9999)")
  }

  @Test func readsAPipeToItsEnd() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data("{} ".utf8))
    try pipe.fileHandleForWriting.close()
    let input = OpenFile(descriptor: pipe.fileHandleForReading.fileDescriptor, path: "<stdin>")
    #expect(try FileReader.readAll(input, maxBytes: 3) == Array("{} ".utf8))
  }

  @Test func waitsForANonBlockingPipe() async throws {
    let pipe = Pipe()
    let reading = pipe.fileHandleForReading.fileDescriptor
    #expect(fcntl(reading, F_SETFL, O_NONBLOCK) == 0)
    async let bytes = FileReader.readAll(OpenFile(descriptor: reading, path: "<stdin>"), maxBytes: 100)
    await Task.yield()
    try pipe.fileHandleForWriting.write(contentsOf: Data("late".utf8))
    try pipe.fileHandleForWriting.close()
    #expect(try await bytes == Array("late".utf8))
  }

  @Test func refusesAPipeThatHoldsTooMuch() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(repeating: 0x20, count: 5000))
    let input = OpenFile(descriptor: pipe.fileHandleForReading.fileDescriptor, path: "<stdin>")
    #expect(throws: Diagnostic.self) { try FileReader.readAll(input, maxBytes: 4999) }
  }

  private func message(_ path: ByteString, maxBytes: Int = 1 << 20) -> String? {
    do throws(Diagnostic) {
      _ = try FileReader.read(path, maxBytes: maxBytes)
      return nil
    } catch {
      return error.path == path ? error.message : "about another path"
    }
  }
}
