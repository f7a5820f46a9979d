/// Who may call a shared gateway: names and keys.
public struct GatewayCallers: Sendable, Equatable {
  /// One caller.
  public struct Caller: Sendable, Equatable {
    fileprivate var nameText: ByteString?
    fileprivate var keyText: ByteString?
    fileprivate var secretText: ByteString?

    /// Who it is, for people.
    public var name: ByteString { nameText ?? "" }
    /// The made-up access key id that the caller signs with.
    public var accessKeyID: ByteString { keyText ?? "" }
    /// The made-up secret access key.
    public var secretAccessKey: ByteString { secretText ?? "" }

    fileprivate static let shape = Shape<Self>()
      .text("name", { $0.nameText = $1 }, required: true, "who it is, for people")
      .text(
        "accessKeyId", { $0.keyText = $1 }, required: true,
        "the access key id that the caller signs with; no key of AWS"
      )
      .text("secretAccessKey", { $0.secretText = $1 }, required: true, "the secret of that key")
  }

  /// Everybody who may call.
  public private(set) var callers: [Caller] = []
  private var format: Int?

  private static let shape = Shape<Self>()
    .integer("format", { $0.format = $1 }, in: 1...1, required: true, "the version of the file: 1")
    .member(
      name: "callers", summary: "who may call", isRequired: true, schema: .array(.object(Caller.shape.schema)),
      decode: decodeCallers)

  /// Reads the file, which must be this user's alone. Throws everything that is wrong with it, and shows no secret.
  public init(path: ByteString) throws(PolicyErrors) {
    let decoding = Decoding()
    do throws(Diagnostic) {
      let source = SourceFile(path: path, bytes: try TrustedFile.readPrivate(path, maxBytes: PolicyFiles.maxBytes))
      Self.shape.decode(Node(try Document(JSONText(source))), into: &self, decoding)
    } catch {
      throw PolicyErrors([error.withoutText])
    }
    guard decoding.isClean else { throw PolicyErrors(decoding.diagnostics.map(\.withoutText)) }
  }

  private static let decodeCallers: @Sendable (Node, inout GatewayCallers, Decoding) -> Void = {
    node, file, decoding in
    var seen: Set<ByteString> = []
    file.callers = (decoding.array(node, of: "callers") ?? []).map { element in
      var caller = Caller()
      Caller.shape.decode(element, into: &caller, decoding)
      let isSound = { (key: ByteString) in (16...128).contains(key.count) && key.bytes.allSatisfy(isKeyByte) }
      if let key = caller.keyText, !isSound(key), let node = element["accessKeyId"] {
        decoding.report("an access key id is 16 to 128 letters and digits", at: node)
      }
      if let secret = caller.secretText, secret.count < 32, let node = element["secretAccessKey"] {
        decoding.report("a secret has at least 32 bytes", help: "draw one with `openssl rand -base64 30`", at: node)
      }
      if let key = caller.keyText, !seen.insert(key).inserted {
        decoding.report("the access key id stands twice", help: "give every caller a key of its own", at: element)
      }
      return caller
    }
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

extension Diagnostic {
  /// The same without the line of text that a place shows: a secret may stand in it.
  fileprivate var withoutText: Diagnostic {
    guard let place else { return self }
    return Diagnostic("line \(place.start.line): \(message)", help: help, path: path)
  }
}
