/// Parses one shared config or credentials file.
///
/// The rules are those of the AWS SDKs (AWS SDKs and Tools Reference Guide, "Shared config and credentials files"). Where
/// botocore's INI parser differs, the SDKs' rules hold: ` #` and ` ;` behind a value begin a comment, only `=` separates,
/// a repeated section is merged and the last of a repeated property wins. In one matter botocore is followed, because
/// files that the AWS CLI accepts have it: an indented line that is nothing but a comment is no continuation.
struct ConfigurationParser {
  /// Which of the two files it is: sections of profiles are named `[profile x]` in one and `[x]` in the other.
  enum Kind: Sendable { case config, credentials }

  private let path: String
  private var sections: ParsedSections
  private var state = State.beforeSections
  private var line = 0

  private enum State {
    case beforeSections
    /// In a section, before its first property.
    case inSection
    case inProperty(PendingProperty)
  }

  private struct PendingProperty {
    var name: String
    var property: ConfigurationProperty
    /// Whether continuation lines are properties of their own.
    var isParent: Bool { property.value.isEmpty || property.value.utf8.first == 10 }
  }

  /// The sections of a file. Throws ``ConfigurationError`` with the line of what cannot be read.
  static func parse(_ bytes: [UInt8], kind: Kind, path: String) throws(ConfigurationError) -> ParsedSections {
    var parser = ConfigurationParser(path: path, kind: kind)
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    guard String(validating: content, as: UTF8.self) != nil else {
      throw ConfigurationError("not valid utf-8", path: path, help: "save the file as UTF-8")
    }
    for line in content.split(separator: 10, omittingEmptySubsequences: false) { try parser.read(line) }
    parser.finishProperty()
    return parser.sections
  }

  private init(path: String, kind: Kind) {
    self.path = path
    sections = ParsedSections(kind: kind)
  }

  private mutating func read(_ text: ArraySlice<UInt8>) throws(ConfigurationError) {
    line += 1
    let content = ConfigurationText.trimmed(text)
    guard let first = content.first, !ConfigurationText.isComment(first) else { return }
    if let byte = text.first, ConfigurationText.isBlank(byte) {
      try readContinuation(content)
    } else if first == UInt8(ascii: "[") {
      try readHeader(content)
    } else {
      try readProperty(content)
    }
  }

  private mutating func readHeader(_ content: ArraySlice<UInt8>) throws(ConfigurationError) {
    finishProperty()
    let comment = content.firstIndex(where: ConfigurationText.isComment) ?? content.endIndex
    let header = ConfigurationText.trimmed(content[..<comment])
    guard header.last == UInt8(ascii: "]") else { throw error("the section's name does not end with `]`") }
    sections.enter(header: header.dropFirst().dropLast())
    state = .inSection
  }

  private mutating func readProperty(_ content: ArraySlice<UInt8>) throws(ConfigurationError) {
    if case .beforeSections = state { throw error("expected a section such as `[default]` before any property") }
    finishProperty()
    let (name, value) = try split(content, "property")
    let bare = ConfigurationText.trimmed(ConfigurationText.withoutInlineComment(value))
    state = .inProperty(PendingProperty(name: name, property: ConfigurationProperty(value: text(bare))))
  }

  private mutating func readContinuation(_ content: ArraySlice<UInt8>) throws(ConfigurationError) {
    switch state {
    case .beforeSections: throw error("expected a section such as `[default]`, found an indented line")
    case .inSection: throw error("expected a property, found an indented line")
    case .inProperty(var pending):
      if pending.isParent {
        let (name, value) = try split(content, "nested property")
        pending.property.nested[name] = text(ConfigurationText.trimmed(value))
      }
      pending.property.value += "\n" + text(content)
      state = .inProperty(pending)
    }
  }

  private mutating func finishProperty() {
    guard case .inProperty(let pending) = state else { return }
    state = .inSection
    guard ConfigurationText.isName(Array(pending.name.utf8)[...]) else { return }
    sections.set(pending.name, pending.property)
  }

  private func split(
    _ content: ArraySlice<UInt8>, _ what: String
  ) throws(ConfigurationError) -> (name: String, value: ArraySlice<UInt8>) {
    guard let equals = content.firstIndex(of: UInt8(ascii: "=")) else { throw error("expected `=` in a \(what)") }
    let name = ConfigurationText.trimmed(content[..<equals])
    guard !name.isEmpty else { throw error("a \(what) has no name before `=`") }
    return (ASCII.lowercase(text(name)), content[(equals + 1)...])
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  private func error(_ message: String) -> ConfigurationError {
    ConfigurationError(message, path: path, line: line, help: "mend the line; the file is not used in part")
  }
}
