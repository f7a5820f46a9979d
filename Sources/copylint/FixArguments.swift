import ArgumentParser
import Copylint

/// The options that say what is fixed.
struct FixArguments: ParsableArguments {
  @Flag(help: "Mend in the files what can be mended safely, then judge them. For - the fixed text goes to stdout.")
  var fix = false

  @Flag(help: "Show what --fix would change as a unified diff, and change nothing.")
  var diff = false

  @Flag(help: "With --fix or --diff: also fixes that change what is asked for, such as a tag's key or value.")
  var unsafeFixes = false

  func validate() throws {
    if fix, diff { throw ValidationError("--fix and --diff exclude each other") }
    if unsafeFixes, !fix, !diff { throw ValidationError("--unsafe-fixes needs --fix or --diff") }
  }

  /// Nil where nothing is to be fixed.
  var options: FixOptions? {
    guard fix || diff else { return nil }
    return FixOptions(diff ? .diff : .file, isUnsafeAllowed: unsafeFixes)
  }

  /// What cannot be fixed is refused before anything is read.
  func check(paths: [String], isLines: Bool, isStaged: Bool) throws {
    guard fix || diff else { return }
    if isStaged { throw ValidationError("what the index has cannot be fixed: fix the files, and stage them") }
    guard paths.contains("-") else { return }
    if isLines { throw ValidationError("requests of a stream, one a line, cannot be fixed: name a file") }
    if paths.count > 1 { throw ValidationError("--fix and --diff take - alone, as standard output is its text's") }
  }
}
