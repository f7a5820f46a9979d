/// A file of waivers.
struct WaiverFile: Sendable {
  /// An entry, or what is wrong with it.
  enum Entry: Sendable {
    case waiver(Waiver)
    case malformed([Diagnostic], Node)
  }

  var format: Int?
  private(set) var entries: [Entry] = []
  /// The text; its path is the one that is shown.
  private(set) var source: SourceFile?
  /// From the repository's root.
  private(set) var repositoryPath: ByteString?

  static let shape = Shape<Self>()
    .member(name: "$schema", summary: "for editors; means nothing", schema: .string, decode: { _, _, _ in })
    .integer("format", { $0.format = $1 }, in: 1...1, required: true, "the version of the format: 1")
    .member(
      name: "waivers", summary: "the waivers; there may be none", isRequired: true,
      schema: .list(.object(WaiverEntry.shape.schema)), decode: decodeEntries)

  static let limits = JSONLimits(maxBytes: 4 << 20, maxTokens: 1_000_000)

  private static let form = #"write `{"format": 1, "waivers": […]}`; `copylint waive` writes it for you"#

  private init() {}

  /// Decodes a file. Throws what is wrong with the file as a whole; what is wrong with an entry stands in its place, and
  /// the entry counts for nothing.
  init(_ source: SourceFile, repositoryPath: ByteString) throws(PolicyErrors) {
    self.init()
    self.source = source
    self.repositoryPath = repositoryPath
    let decoding = Decoding()
    do throws(Diagnostic) {
      let root = Node(try Document(JSONText(source), limits: Self.limits))
      if root.kind == .object {
        Self.shape.decode(root, into: &self, decoding)
      } else {
        decoding.report("waivers stand in an object, found \(root.kindDescription)", help: Self.form, at: root)
      }
    } catch {
      throw PolicyErrors([error])
    }
    guard decoding.isClean else { throw PolicyErrors(decoding.diagnostics) }
  }

  private static let decodeEntries: @Sendable (Node, inout WaiverFile, Decoding) -> Void = { node, file, decoding in
    guard node.kind == .array else { return decoding.expected("an array of waivers", node) }
    file.entries = node.elements.map { element in
      let decoding = Decoding()
      let waiver = Waiver(element, decoding)
      return waiver.map { .waiver($0) } ?? .malformed(decoding.diagnostics, element)
    }
  }
}
