import ArgumentParser
import Copylint
import Glibc

/// The options that say which packs are in force, as `copylint check` has them.
struct PolicyOptions: ParsableArguments {
  @Option(name: .customLong("pack"), help: "A pack beside those of the configuration: a built-in name or a path.")
  var packs: [String] = []

  @Option(help: "The configuration, instead of .copylint.json at the repository's root.")
  var config: String?

  @Flag(help: "Leave the configuration out.")
  var noConfig = false

  @Option(help: ArgumentHelp("Read configuration, packs and waivers from this commit.", valueName: "revision"))
  var policyFrom: String?

  @Option(
    name: .customLong("require-pack"),
    help: ArgumentHelp("A pack that must be in force, to the byte; repeatable.", valueName: "name@sha256:hex"),
    transform: Self.requiredPack)
  var requiredPacks: [RequiredPack] = []

  @Option(help: ArgumentHelp("The date to judge by, instead of the clock's in UTC.", valueName: "yyyy-mm-dd"))
  var today: String?

  func validate() throws {
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

  var options: CheckOptions {
    let date = today.flatMap { CalendarDate(ByteString($0)) } ?? CalendarDate(secondsSinceEpoch: time(nil))
    var options = CheckOptions(today: date)
    options.packs = packs
    options.configuration = noConfig ? .none : config.map { .file(ByteString($0)) } ?? .discover
    options.packPath = Environment["COPYLINT_PACK_PATH"].map { $0.split(separator: ":").map { String($0) } } ?? []
    options.policyFrom = policyFrom
    options.requiredPacks = requiredPacks
    return options
  }
}

/// The environment of this process.
enum Environment {
  /// A variable; nil when it is not set or empty.
  static subscript(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
