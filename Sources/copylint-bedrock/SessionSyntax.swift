import ArgumentParser
import CopylintBedrock

/// The language in which a running program is told to use a personal gateway.
enum SessionSyntax: String, CaseIterable, ExpressibleByArgument {
  case sh
  case python

  /// What is to be pasted: what is withdrawn, and what is set. No secret is among it.
  func lines(port: Int, _ folder: CredentialsFolder) -> [String] {
    let names = CommandEnvironment.withdrawnNames.map(\.displayString)
    let settings = [
      ("AWS_ENDPOINT_URL_BEDROCK", "http://127.0.0.1:\(port)"), ("AWS_CONFIG_FILE", folder.configFile),
      ("AWS_SHARED_CREDENTIALS_FILE", folder.credentialsFile),
    ]
    switch self {
    case .sh:
      return ["unset \(names.joined(separator: " "))"] + settings.map { "export \($0.0)='\($0.1)'" }
        + ["NO_PROXY", "no_proxy"].map { "export \($0)=\"127.0.0.1,localhost${\($0):+,$\($0)}\"" }
    case .python:
      let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
      return ["import os", "for name in [\(list)]:", "    os.environ.pop(name, None)", "os.environ.update({"]
        + settings.map { "    \"\($0.0)\": \"\($0.1)\"," } + ["})", "for name in [\"NO_PROXY\", \"no_proxy\"]:"]
        + [
          "    os.environ[name] = \",\".join(filter(None, [\"127.0.0.1,localhost\", os.environ.get(name)]))"
        ]
    }
  }
}
