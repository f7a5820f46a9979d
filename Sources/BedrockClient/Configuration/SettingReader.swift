/// Reads single settings: a variable first, then a property of the profile. An empty one counts as absent.
struct SettingReader {
  let environment: ProcessEnvironment
  let profile: ConfigurationSection?

  /// The text of a setting.
  func text(_ variable: String, _ property: String) -> String? {
    environment[variable] ?? profile?.nonEmpty(property)
  }

  /// The Region. `AWS_REGION` goes before `AWS_DEFAULT_REGION`; botocore alone reads only the latter.
  func region(option: String?) throws(ConfigurationError) -> Region? {
    let stated = option ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? profile?.nonEmpty("region")
    guard let stated else { return nil }
    return try Region(stated)
  }

  /// Whether a setting is `true`, in any case. Throws for what is neither `true` nor `false`: the SDKs that take it for
  /// false would leave out the FIPS endpoints that somebody asked for.
  func flag(_ variable: String, _ property: String) throws(ConfigurationError) -> Bool {
    guard let text = text(variable, property) else { return false }
    switch ASCII.lowercase(text) {
    case "true": return true
    case "false": return false
    default: throw invalid(text, variable, property, "use `true` or `false`")
    }
  }

  /// A whole number from 1.
  func positive(_ variable: String, _ property: String) throws(ConfigurationError) -> Int? {
    guard let text = text(variable, property) else { return nil }
    guard let number = Int(text), number > 0 else { throw invalid(text, variable, property, "use a number from 1") }
    return number
  }

  /// One of the choices, in any case.
  func choice(
    _ variable: String, _ property: String, of choices: [String]
  ) throws(ConfigurationError) -> String? {
    guard let text = text(variable, property) else { return nil }
    guard let choice = choices.first(where: { ASCII.same($0, ASCII.lowercase(text)) }) else {
      let list = choices.map { "`\($0)`" }.joined(separator: ", ")
      throw invalid(text, variable, property, "use one of \(list)")
    }
    return choice
  }

  private func invalid(_ text: String, _ variable: String, _ property: String, _ help: String) -> ConfigurationError {
    let source = environment[variable] == nil ? "`\(property)` of the profile" : variable
    return ConfigurationError("\(source) cannot be \(ShownValue(text))", help: help)
  }
}
