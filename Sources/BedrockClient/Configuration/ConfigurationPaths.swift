/// Where the shared files are: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, else `~/.aws/config` and
/// `~/.aws/credentials`. `~` is the home directory in either.
struct ConfigurationPaths: Sendable {
  let config: String
  let credentials: String

  init(_ files: any LocalFiles, _ environment: ProcessEnvironment) {
    config = files.expanded(environment["AWS_CONFIG_FILE"] ?? "~/.aws/config", environment)
    credentials = files.expanded(environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials", environment)
  }
}
