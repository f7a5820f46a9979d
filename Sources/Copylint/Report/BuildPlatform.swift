/// A platform that runs builds, and the report that it reads.
public enum BuildPlatform: String, CaseIterable, Sendable {
  case github
  case gitlab
  case azure

  /// The platform that the environment tells of: each sets a variable of its own to say so.
  public init?(environment: (String) -> String?) {
    if environment("GITHUB_ACTIONS") == "true" {
      self = .github
    } else if environment("GITLAB_CI") != nil {
      self = .gitlab
    } else if environment("TF_BUILD") != nil {
      self = .azure
    } else {
      return nil
    }
  }

  /// What goes beside `asked`, whose formats are not written twice.
  ///
  /// Lines for the platform go to the terminal only where text for people does: they would break any other format.
  public func destinations(beside asked: [ReportDestination], environment: (String) -> String?) -> [ReportDestination] {
    let formats = asked.map(\.format)
    let isText = asked.contains { $0.place == .terminal && $0.format.isForPeople }
    return destinations(isText: isText, environment).filter { !formats.contains($0.format) }
  }

  private func destinations(isText: Bool, _ environment: (String) -> String?) -> [ReportDestination] {
    switch self {
    case .github:
      let summary = environment("GITHUB_STEP_SUMMARY").map {
        ReportDestination(.markdown, to: .appended(ByteString($0)))
      }
      return (isText ? [ReportDestination(.github)] : []) + [summary].compactMap { $0 }
    case .gitlab:
      let folder = environment("CI_PROJECT_DIR") ?? "."
      return [ReportDestination(.gitlab, to: .file(Path.join(ByteString(folder), "gl-code-quality-report.json")))]
    case .azure: return isText ? [ReportDestination(.azure)] : []
    }
  }
}
