/// The sections of one file while it is read.
struct ParsedSections {
  /// What a section is about.
  enum Category: Hashable { case profile, ssoSession, services }

  private struct Key: Hashable {
    var category: Category
    /// Names are the same when their bytes are.
    var name: [UInt8]
  }

  private let kind: ConfigurationParser.Kind
  private var sections: [Key: ConfigurationSection] = [:]
  /// The section that properties go to; nil within one that the SDKs ignore.
  private var current: Key?
  /// Whether `[profile default]` was there: then `[default]` of the config file is ignored, wherever it stands.
  private var hasPrefixedDefault = false

  private static let defaultKey = Key(category: .profile, name: Array("default".utf8))

  init(kind: ConfigurationParser.Kind) { self.kind = kind }

  /// Enters the section with these bytes between its brackets, or one whose properties are ignored.
  mutating func enter(header: ArraySlice<UInt8>) {
    let header = ConfigurationText.trimmed(header)
    current = kind == .credentials ? key(.profile, header) : configKey(header)
    if let current, sections[current] == nil {
      sections[current] = ConfigurationSection(name: String(decoding: current.name, as: UTF8.self))
    }
  }

  /// Sets a property of the section that was entered last.
  mutating func set(_ name: String, _ property: ConfigurationProperty) {
    guard let current else { return }
    sections[current]?.set(name, property)
  }

  /// The sections of one category.
  subscript(category: Category) -> [[UInt8]: ConfigurationSection] {
    var found: [[UInt8]: ConfigurationSection] = [:]
    for (key, section) in sections where key.category == category { found[key.name] = section }
    return found
  }

  private mutating func configKey(_ header: ArraySlice<UInt8>) -> Key? {
    if header.elementsEqual(Self.defaultKey.name) { return hasPrefixedDefault ? nil : Self.defaultKey }
    guard let blank = header.firstIndex(where: ConfigurationText.isBlank) else { return nil }
    let name = ConfigurationText.trimmed(header[blank...])
    switch String(decoding: header[..<blank], as: UTF8.self) {
    case "profile": return profileKey(name)
    case "sso-session": return key(.ssoSession, name)
    case "services": return key(.services, name)
    default: return nil
    }
  }

  private mutating func profileKey(_ name: ArraySlice<UInt8>) -> Key? {
    let key = key(.profile, name)
    if key == Self.defaultKey && !hasPrefixedDefault {
      hasPrefixedDefault = true
      sections[Self.defaultKey] = nil
    }
    return key
  }

  private func key(_ category: Category, _ name: ArraySlice<UInt8>) -> Key? {
    if let quoted = quotedName(name) { return Key(category: category, name: Array(quoted)) }
    return ConfigurationText.isName(name) ? Key(category: category, name: Array(name)) : nil
  }

  /// What stands between quotes: the AWS CLI writes names with spaces so, in the config file only.
  private func quotedName(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard kind == .config, name.count > 2, let quote = name.first, name.last == quote else { return nil }
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    let inner = name.dropFirst().dropLast()
    return inner.contains(quote) || inner.contains(UInt8(ascii: "\\")) ? nil : inner
  }
}
