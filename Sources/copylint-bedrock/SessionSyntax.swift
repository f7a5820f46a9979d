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
      return ["unset \(names.joined(separator: " "))"] + settings.map { "export \($0.0)='\($0.1)'" } + Self.proxies
    case .python:
      let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
      return ["import os", "for name in [\(list)]:", "    os.environ.pop(name, None)", "os.environ.update({"]
        + settings.map { "    \"\($0.0)\": \"\($0.1)\"," } + ["})"] + Self.proxiesInPython
    }
  }

  // Of two lists one that is missing gets the other's entries, so that setting it takes no exception away; and `*` is
  // every host only where it stands alone.

  /// For `sh`: this machine is reached through no proxy.
  static let proxies =
    [#"export NO_PROXY="${NO_PROXY:-${no_proxy-}}" no_proxy="${no_proxy:-${NO_PROXY-}}""#]
    + ["NO_PROXY", "no_proxy"].map { name in
      #"[ "$\#(name)" = "*" ] || export \#(name)="127.0.0.1,localhost${\#(name):+,$\#(name)}""#
    }

  private static let proxiesInPython = [
    #"lists = [os.environ.get("NO_PROXY", ""), os.environ.get("no_proxy", "")]"#,
    #"for name, own, other in [("NO_PROXY", *lists), ("no_proxy", *lists[::-1])]:"#,
    #"    entries = own or other"#,
    #"    os.environ[name] = entries if entries == "*" else ",".join(filter(None, ["127.0.0.1,localhost", entries]))"#,
  ]
}
