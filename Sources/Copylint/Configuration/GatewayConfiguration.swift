/// What the file of `copylint gateway --gateway-config` says.
public struct GatewayConfiguration: Sendable {
  var format: Int?
  private var hostText: ByteString?
  private var portNumber: Int?
  /// Names, besides those of loopback, by which clients may call the gateway.
  public private(set) var names: [ByteString] = []
  /// The Regions that calls may go to; nil for all.
  public private(set) var regions: [ByteString]?
  private var callersPath: ByteString?
  private var audits: Bool?
  private var allowsOthers: Bool?
  /// How many seconds calls get to end when the gateway stops.
  public private(set) var drainSeconds: Int?
  private var folder: ByteString = "."

  static let shape = Shape<Self>()
    .member(name: "$schema", summary: "for editors; means nothing", schema: .string, decode: { _, _, _ in })
    .integer("format", { $0.format = $1 }, in: 1...1, required: true, "the version of the configuration: 1")
    .text("host", { $0.hostText = $1 }, "the address to listen on; default 127.0.0.1")
    .integer(
      "port", { $0.portNumber = $1 }, in: 0...65535, "the port to listen on; default 8720, 0 has the system choose"
    )
    .member(
      name: "names", summary: "names, besides those of loopback, by which clients may call the gateway",
      schema: .array(.string), decode: decodeNames
    )
    .member(
      name: "regions", summary: "the Regions that calls may go to; default all", schema: .array(.string),
      decode: decodeRegions
    )
    .text("callers", { $0.callersPath = $1 }, "the file of the callers' keys, relative to this one, 0600")
    .boolean("auditOnly", { $0.audits = $1 }, "forward what the policy denies, and report it; default false")
    .boolean(
      "allowOtherOperations", { $0.allowsOthers = $1 }, "forward other operations that change something; default false"
    )
    .integer(
      "drainSeconds", { $0.drainSeconds = $1 }, in: 0...3600, "the seconds that calls get when it stops; default 10")

  /// The defaults.
  public init() {}

  /// Reads the file. Throws everything that is wrong with it.
  public init(path: String) throws(PolicyErrors) {
    let path = ByteString(path)
    let decoding = Decoding()
    do throws(Diagnostic) {
      let source = SourceFile(path: path, bytes: try PolicyFiles.fileSystem.readTrusted(path))
      Self.shape.decode(Node(try Document(JSONText(source))), into: &self, decoding)
    } catch {
      throw PolicyErrors([error])
    }
    guard decoding.isClean else { throw PolicyErrors(decoding.diagnostics) }
    folder = Path.parent(FileSystem.absolutePath(path))
  }

  /// The address to listen on.
  public var host: String { hostText?.displayString ?? "127.0.0.1" }
  /// The port to listen on.
  public var port: Int { portNumber ?? 8720 }
  /// The file of the callers' keys.
  public var callers: ByteString? { callersPath.map { Path.join(folder, $0) } }
  /// Whether what the policy denies is forwarded.
  public var isAuditOnly: Bool { audits ?? false }
  /// Whether other operations that change something are forwarded.
  public var allowsOtherOperations: Bool { allowsOthers ?? false }

  private static let decodeNames: @Sendable (Node, inout GatewayConfiguration, Decoding) -> Void = {
    node, configuration, decoding in
    let nodes = decoding.array(node, of: "names") ?? []
    configuration.names = nodes.compactMap { element in
      guard let name = decoding.text(element) else { return nil }
      guard isHostName(name) else {
        decoding.report(
          "\(Escaping.quoted(name)) is no name of a host", help: "write the name alone, without `https://` and port",
          at: element)
        return nil
      }
      return name
    }
  }

  /// Whether a value is what stands in `Host` before the port: a name, an address, or an IPv6 address in brackets.
  private static func isHostName(_ name: ByteString) -> Bool {
    let isBracketed = name.bytes.first == UInt8(ascii: "[") && name.bytes.last == UInt8(ascii: "]")
    let (inner, others) = isBracketed ? (name.bytes.dropFirst().dropLast(), ":.") : (name.bytes[...], ".-_")
    return !inner.isEmpty
      && inner.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: others.utf8.contains(byte)
        }
      }
  }

  private static let decodeRegions: @Sendable (Node, inout GatewayConfiguration, Decoding) -> Void = {
    node, configuration, decoding in
    let nodes = decoding.array(node, of: "Regions") ?? []
    configuration.regions = nodes.compactMap { element in
      guard let name = decoding.text(element) else { return nil }
      guard TargetForm.isRegionName(name) else {
        decoding.report("\(Escaping.quoted(name)) is no Region", help: "write one such as `eu-west-1`", at: element)
        return nil
      }
      return name
    }
  }
}
