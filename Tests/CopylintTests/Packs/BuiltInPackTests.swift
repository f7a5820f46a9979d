import BuiltInPacks
import Testing

@testable import Copylint

/// The packs that are part of the program are read without the checks that files go through first.
@Suite struct BuiltInPackTests {
  @Test(arguments: BuiltInPacks.all.map(\.name)) func aBuiltInPackIsAFileThatWouldBeTaken(_ name: String) throws {
    let source = try #require(BuiltInPacks.all.first { $0.name == name })
    let document = try Document(JSONText(SourceFile(path: ByteString(name), bytes: source.bytes)))
    #expect(document.root["name"]?.string == ByteString(name))
  }
}
