/// The packs that are part of the program. Each is a JSON file beside this one, embedded in the binary.
public enum BuiltInPacks {
  /// A pack as its file has it.
  public struct Source: Sendable {
    /// What `--pack` and `extends` call it; the file's name without `.json`.
    public let name: String
    /// The file's content.
    public let bytes: [UInt8]
  }

  /// Every built-in pack, sorted by name. `bedrock-api` is always in force.
  public static let all: [Source] = [
    Source(name: "baseline", bytes: PackageResources.baseline_json),
    Source(name: "bedrock-api", bytes: PackageResources.bedrock_api_json),
    Source(name: "data-residency", bytes: PackageResources.data_residency_json),
  ]
}
