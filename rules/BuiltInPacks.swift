/// The packs that are part of the program. Each is a JSON file beside this one, embedded in the binary.
public enum BuiltInPacks {
  /// What `--pack` and `extends` call each, sorted: the file's name without `.json`. `bedrock-api` is always in force.
  public static let names = ["baseline", "bedrock-api", "data-residency"]

  /// The content of a pack's file; nil where there is no pack of that name. Only what is asked for is put into memory.
  public static func bytes(of name: String) -> [UInt8]? {
    switch name {
    case "baseline": PackageResources.baseline_json
    case "bedrock-api": PackageResources.bedrock_api_json
    case "data-residency": PackageResources.data_residency_json
    default: nil
    }
  }
}
