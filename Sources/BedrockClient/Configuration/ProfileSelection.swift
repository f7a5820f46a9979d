/// The profile in force: an option's, that of `AWS_PROFILE` or `AWS_DEFAULT_PROFILE`, or `default`.
struct ProfileSelection {
  let name: String
  let profile: ConfigurationSection?

  /// Throws where a named profile is in neither file: going on without it would use credentials that nobody asked for.
  init(
    _ option: String?, _ environment: ProcessEnvironment, _ shared: SharedConfiguration
  ) throws(ConfigurationError) {
    let stated = option ?? environment["AWS_PROFILE"] ?? environment["AWS_DEFAULT_PROFILE"]
    name = stated ?? "default"
    profile = shared.profile(name)
    guard profile == nil, stated != nil, !ASCII.same(name, "default") else { return }
    throw ConfigurationError(
      "the profile \(ShownValue(name)) is not in the shared config or credentials file",
      help: "name one that is, with --profile or AWS_PROFILE")
  }
}
