import BedrockClient
import Copylint

/// What keeps a run from Bedrock, for the person who must mend it. No secret is in any of these errors.
package enum ConnectionWords {
  /// The error in words, after what does not work because of it.
  package static func diagnostic(_ error: any Error, _ consequence: String) -> Diagnostic {
    let (reason, help) = words(error)
    return Diagnostic("\(consequence): \(Escaping.visible(reason))", help: help)
  }

  private static func words(_ error: any Error) -> (String, String?) {
    switch error {
    case let error as ConfigurationError: (error.description, error.help)
    case let error as CredentialsError: (error.description, error.help)
    case let error as JournalError: (error.description, error.help)
    case let error as DecisionLogError:
      (
        "the decision log `\(error.path)` cannot be written: \(error.reason)",
        "name another with `--decision-log FILE`"
      )
    case let error as AccountError: words(error)
    case let error as BedrockError: (error.description, nil)
    default: (String(describing: error), nil)
    }
  }

  private static func words(_ error: AccountError) -> (String, String?) {
    switch error {
    case .bearerToken: ("a bearer token names no account", "use credentials of the account instead")
    case .credentials(let error): (error.description, error.help)
    case .configuration(let error): (error.description, error.help)
    case .sts(let error): ("STS: \(error.message)", "a rule or a request names an account, so it must be known")
    }
  }
}
