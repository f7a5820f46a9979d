import BuiltInPacks
import Testing

@testable import Copylint

/// The packs that are part of the program are read without the checks that files go through first.
@Suite struct BuiltInPackTests {
  @Test(arguments: BuiltInPacks.names) func aBuiltInPackIsAFileThatWouldBeTaken(_ name: String) throws {
    let bytes = try #require(BuiltInPacks.bytes(of: name))
    let document = try Document(JSONText(SourceFile(path: ByteString(name), bytes: bytes)))
    #expect(document.root["name"]?.string == ByteString(name))
  }
}
