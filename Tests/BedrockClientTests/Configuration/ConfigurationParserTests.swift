import Testing

@testable import BedrockClient

/// The rules of the SDKs' files where botocore goes its own way, and what is wrong with files.
@Suite struct ConfigurationParserTests {
  private func config(_ text: String) throws(ConfigurationError) -> SharedConfiguration {
    try SharedConfiguration.load(MemoryFiles.shared(config: text), ProcessEnvironment([:]))
  }

  private func credentials(_ text: String) throws(ConfigurationError) -> SharedConfiguration {
    try SharedConfiguration.load(MemoryFiles.shared(credentials: text), ProcessEnvironment([:]))
  }

  @Test func aCommentBehindWhiteSpaceIsNoValue() throws {
    let profile = try #require(
      try config("[default] ; a\nregion = eu-west-1 # here\nkey = a;b#c ; d\nempty = # e\n").profile("default"))
    #expect(profile["region"] == "eu-west-1")
    #expect(profile["key"] == "a;b#c")
    #expect(profile["empty"] == "")
  }

  @Test func aCommentInAContinuationBelongsToIt() throws {
    #expect(try config("[default]\na = 1\n  2 # b\n").profile("default")?["a"] == "1\n2 # b")
  }

  @Test func repeatedSectionsAreMergedAndTheLastPropertyWins() throws {
    let profile = try config("[profile a]\nx = 1\ny = 2\n[profile b]\n[profile a]\nX = 3\nz = 4\n").profile("a")
    #expect(profile?["x"] == "3")
    #expect(profile?["y"] == "2")
    #expect(profile?["z"] == "4")
  }

  @Test(arguments: [
    "[profile default]\na = 1\n[default]\na = 2\nb = 3\n", "[default]\na = 2\nb = 3\n[profile default]\na = 1\n",
  ])
  func thePrefixedDefaultGoesBeforeThePlainOne(_ text: String) throws {
    let profile = try config(text).profile("default")
    #expect(profile?["a"] == "1")
    #expect(profile?["b"] == nil)
  }

  @Test func sectionsOfNoNameAreIgnoredWithTheirProperties() throws {
    let text = "[profile a]\nx = 1\n[profile b c]\nx = 2\n  3\n[profilec]\nx = 4\n[profile d!]\nx = 5\n[e]\nx = 6\n"
    #expect(try config(text).profileNames == ["a"])
    #expect(try config(text).profile("a")?["x"] == "1")
    #expect(
      try credentials("[profile a]\nx = 1\n[b c]\nx = 2\n[sso-session d]\nx = 3\n[e]\nx = 4\n").profileNames == ["e"])
  }

  @Test func propertiesOfNoNameAreIgnoredWithTheirContinuations() throws {
    let profile = try config("[default]\na = 1\nb c = 2\n  3\nd = 4\n").profile("default")
    #expect(profile?.properties.keys.sorted() == ["a", "d"])
    #expect(profile?["a"] == "1")
  }

  @Test func namesAreTheSameWhenTheirBytesAre() throws {
    let shared = try config("[profile caf\u{E9}]\na = 1\n[profile cafe\u{301}]\na = 2\n")
    #expect(shared.profile("caf\u{E9}")?["a"] == "1")
    #expect(shared.profile("cafe\u{301}")?["a"] == "2")
  }

  @Test func aByteOrderMarkIsSkipped() throws {
    #expect(try config("\u{FEFF}[default]\na = 1\n").profile("default")?["a"] == "1")
  }

  @Test(arguments: [
    ("a = 1\n", 1, "expected a section such as `[default]` before any property"),
    ("\n\n  a\n", 3, "expected a section such as `[default]`, found an indented line"),
    ("[default]\n  a\n", 2, "expected a property, found an indented line"),
    ("[default]\na = 1\n[default]\n  b\n", 4, "expected a property, found an indented line"),
    ("[default]\nkey : value\n", 2, "expected `=` in a property"),
    ("[default]\n= value\n", 2, "a property has no name before `=`"),
    ("[default]\ns3 =\n  a\n", 3, "expected `=` in a nested property"),
    ("[default]\ns3 =\n  = a\n", 3, "a nested property has no name before `=`"),
    ("[default\n", 1, "the section's name does not end with `]`"),
    ("[default] a\n", 1, "the section's name does not end with `]`"),
  ])
  func whatIsWrongHasItsLine(_ text: String, _ line: Int, _ message: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try config(text) }
    #expect(error.line == line)
    #expect(error.message == message)
    #expect(error.description == "/home/user/.aws/config:\(line): \(message)")
  }

  @Test func whatIsNotUTF8IsRefused() throws {
    var files = MemoryFiles()
    files.contents["/home/user/.aws/config"] = Array("[default]\na = ".utf8) + [0xFF]
    #expect(throws: ConfigurationError.self) { try SharedConfiguration.load(files, ProcessEnvironment([:])) }
  }

  @Test func aFileBeyondTheBoundIsRefused() throws {
    var files = MemoryFiles()
    files.contents["/home/user/.aws/config"] = [UInt8](repeating: 10, count: SharedConfiguration.maxBytes + 1)
    #expect(throws: ConfigurationError.self) { try SharedConfiguration.load(files, ProcessEnvironment([:])) }
  }

  @Test func aLongFileOfContinuationsIsReadAtOnce() throws {
    let text = "[default]\na = 1\n" + String(repeating: " b = c\n", count: 100_000)
    #expect(try config(text).profile("default")?["a"]?.utf8.count == 1 + 100_000 * 6)
  }
}
