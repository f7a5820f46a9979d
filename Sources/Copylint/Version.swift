/// The program's version: what `--version` and every report say.
public enum Version {
  /// Semantic version.
  public static let number = "0.1.0"
  /// As reports have it.
  public static let tool = "copylint \(number)"
}
