import ArgumentParser
import Copylint
import Glibc

/// The options that say which packs are in force.
public struct PolicyArguments: ParsableArguments {
  /// Packs beside those of the configuration.
  @Option(name: .customLong("pack"), help: "A pack beside those of the configuration: a built-in name or a path.")
  public var packs: [String] = []

  /// Another configuration.
  @Option(help: "The configuration, instead of .copylint.json at the repository's root.")
  public var config: String?

  /// Whether the configuration is left out.
  @Flag(help: "Leave the configuration out.")
  public var noConfig = false

  /// The commit that policy is read from.
  @Option(help: ArgumentHelp("Read configuration, packs and waivers from this commit.", valueName: "revision"))
  public var policyFrom: String?

  /// Packs that must be in force.
  @Option(
    name: .customLong("require-pack"),
    help: ArgumentHelp("A pack that must be in force, to the byte; repeatable.", valueName: "name@sha256:hex"),
    transform: Self.requiredPack)
  public var requiredPacks: [RequiredPack] = []

  /// The date to judge by.
  @Option(help: ArgumentHelp("The date to judge by, instead of the clock's in UTC.", valueName: "yyyy-mm-dd"))
  public var today: String?

  /// No pack and the configuration that is found.
  public init() {}

  /// Throws what the options contradict.
  public func validate() throws {
    if config != nil, noConfig { throw ValidationError("--config and --no-config exclude each other") }
    if let today, CalendarDate(ByteString(today)) == nil {
      throw ValidationError("--today is no date: write YYYY-MM-DD")
    }
  }

  private static func requiredPack(_ text: String) throws -> RequiredPack {
    guard let pack = RequiredPack(text) else {
      throw ValidationError("--require-pack needs NAME@sha256: and 64 hexadecimal digits")
    }
    return pack
  }

  /// The date of the option; nil leaves it to the clock.
  public var statedDate: CalendarDate? { today.flatMap { CalendarDate(ByteString($0)) } }

  /// The same as options of a check; the date and the directories of packs are the process's where no option says more.
  public var options: CheckOptions {
    var options = CheckOptions(today: statedDate ?? CalendarDate(secondsSinceEpoch: time(nil)))
    options.packs = packs
    options.configuration = noConfig ? .none : config.map { .file(ByteString($0)) } ?? .discover
    options.packPath = Self.packPath
    options.policyFrom = policyFrom
    options.requiredPacks = requiredPacks
    return options
  }

  /// The directories of `COPYLINT_PACK_PATH`, which colons separate.
  public static var packPath: [String] {
    guard let value = getenv("COPYLINT_PACK_PATH") else { return [] }
    return String(cString: value).split(separator: ":").map { String($0) }
  }
}
