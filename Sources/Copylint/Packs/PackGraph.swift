/// The loaded packs and how they extend each other.
struct PackGraph {
  /// By identity, what each pack extends directly.
  private var bases: [ObjectIdentifier: [PackFile]] = [:]
  /// Every pack, each before those that extend it.
  private(set) var packs: [PackFile] = []

  /// Follows `extends` from some packs.
  init(roots: [PackFile], loader: PackLoader) {
    for root in roots { add(root, loader) }
  }

  private mutating func add(_ pack: PackFile, _ loader: PackLoader) {
    guard bases[ObjectIdentifier(pack)] == nil else { return }
    let found = pack.extends.compactMap { loader.base($0, of: pack) }
    bases[ObjectIdentifier(pack)] = found
    for base in found { add(base, loader) }
    packs.append(pack)
  }

  func bases(of pack: PackFile) -> [PackFile] { bases[ObjectIdentifier(pack)] ?? [] }

  /// Everything that is in force once these are, each pack once, bases first; `skipping` are taken for absent.
  func closure(of roots: [PackFile], skipping: [PackFile] = []) -> [PackFile] {
    var seen: Set<ObjectIdentifier> = Set(skipping.map { ObjectIdentifier($0) })
    var result: [PackFile] = []
    func visit(_ pack: PackFile) {
      guard seen.insert(ObjectIdentifier(pack)).inserted else { return }
      for base in bases(of: pack) { visit(base) }
      result.append(pack)
    }
    for root in roots { visit(root) }
    return result
  }

  /// What a pack extends, directly or not.
  func ancestors(of pack: PackFile) -> [PackFile] { closure(of: bases(of: pack)) }

  /// Two different packs of one name, as a mistake: reports could not tell their rules apart.
  func nameClashes() -> [Diagnostic] {
    var first: [ByteString: PackFile] = [:]
    var clashes: [Diagnostic] = []
    for pack in packs {
      guard let other = first[pack.header.name] else {
        first[pack.header.name] = pack
        continue
      }
      guard other.sha256 != pack.sha256, let name = Node(pack.document)["name"] else { continue }
      clashes.append(
        Diagnostic(
          "two packs have the name \(Escaping.quoted(pack.header.name))",
          help: "the other one is \(Escaping.quoted(other.document.text.file.path)); rename one of them",
          at: name.place))
    }
    return clashes
  }
}
