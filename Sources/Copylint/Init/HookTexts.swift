/// What makes git and pre-commit call the program.
enum HookTexts {
  /// `pre-commit` in git's folder of hooks.
  static let git = """
    #!/bin/sh
    # Judges the requests that this commit changes.
    exec copylint check --staged --unknown warn

    """

  static let preCommitPath: ByteString = ".pre-commit-config.yaml"

  /// `.pre-commit-config.yaml`.
  static var preCommit: String { "repos:\n" + preCommitEntry }

  /// What belongs beneath its `repos`.
  static let preCommitEntry = """
      - repo: local
        hooks:
          - id: copylint
            name: copylint
            entry: copylint check --force-exclude --unknown warn
            language: system
            types: [json]
            require_serial: true

    """
}
