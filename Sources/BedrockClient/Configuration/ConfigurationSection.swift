/// One profile, `sso-session` or `services` section: its name and its properties.
public struct ConfigurationSection: Sendable {
  /// The name, without `profile`, `sso-session` or `services` before it.
  public let name: String
  /// The properties by name, in lower case.
  package private(set) var properties: [String: ConfigurationProperty] = [:]

  init(name: String) { self.name = name }

  /// The value of a property, or nil where it is absent. An empty value is there, and empty.
  public subscript(property: String) -> String? { properties[property]?.value }

  /// The value of a property, or nil where it is absent or empty.
  func nonEmpty(_ property: String) -> String? {
    guard let value = self[property], !value.isEmpty else { return nil }
    return value
  }

  /// A property that is nested one level deep: `endpoint_url` within `bedrock =`.
  func nested(_ property: String, within parent: String) -> String? {
    properties[parent]?.nested[property]
  }

  mutating func set(_ name: String, _ property: ConfigurationProperty) { properties[name] = property }

  /// Takes every property of `other`, which wins.
  mutating func merge(_ other: ConfigurationSection) {
    properties.merge(other.properties) { _, theirs in theirs }
  }
}

/// Values may be secrets: only names are shown.
extension ConfigurationSection: CustomStringConvertible, CustomReflectable {
  /// The name and the names of the properties.
  public var description: String {
    "ConfigurationSection(\(name): \(properties.keys.sorted().joined(separator: ", ")))"
  }

  /// The names of the properties alone.
  public var customMirror: Mirror { Mirror(self, children: ["properties": properties.keys.sorted()]) }
}

/// The value of one property.
package struct ConfigurationProperty: Sendable, Equatable {
  /// The value, its continuation lines joined by line feeds.
  package var value: String
  /// The properties on the indented lines behind an empty value, by name in lower case.
  package var nested: [String: String] = [:]

  /// A property with this value, and none nested in it.
  package init(value: String) { self.value = value }
}
