import CArguments

/// The command line as the system gave it to this process.
public enum GivenArguments {
  /// Whether every argument is there. Without them a program would do something else than it was asked to, such as judge
  /// by fewer packs, and say that all is well.
  public static var areComplete: Bool { CommandLine.argc > 0 && CommandLine.argc == given_argument_count() }

  /// What is said where they are not.
  public static let missing = """
    error: the command line cannot be read
      = help: mount /proc, or give the program at least its own name as an argument
    """
}
