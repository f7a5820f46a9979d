/// The loaded packs and how they extend each other.
struct PackGraph {
  /// By the number of a pack, what it extends directly.
  private var bases: [[PackFile]] = []
  /// By the number of a pack, whether it was reached.
  private var isReached: [Bool] = []
  /// Every pack, each before those that extend it.
  private(set) var packs: [PackFile] = []

  /// Follows `extends` from some packs.
  init(roots: [PackFile], loader: PackLoader) {
    for root in roots { add(root, loader) }
  }

  private mutating func add(_ pack: PackFile, _ loader: PackLoader) {
    while bases.count <= pack.number {
      bases.append([])
      isReached.append(false)
    }
    guard !isReached[pack.number] else { return }
    let found = pack.extends.compactMap { loader.base($0, of: pack) }
    isReached[pack.number] = true
    bases[pack.number] = found
    for base in found { add(base, loader) }
    packs.append(pack)
  }

  func bases(of pack: PackFile) -> [PackFile] {
    pack.number < bases.count ? bases[pack.number] : []
  }

  /// Everything that is in force once these are, each pack once, bases first; `skipping` are taken for absent.
  func closure(of roots: [PackFile], skipping: [PackFile] = []) -> [PackFile] {
    var isSeen = [Bool](repeating: false, count: bases.count)
    for pack in skipping { isSeen[pack.number] = true }
    var result: [PackFile] = []
    func visit(_ pack: PackFile) {
      guard !isSeen[pack.number] else { return }
      isSeen[pack.number] = true
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
    var names = ByteStringSet()
    var firsts: [PackFile] = []
    var clashes: [Diagnostic] = []
    for pack in packs {
      let (isNew, position) = names.insert(pack.header.name)
      guard !isNew else {
        firsts.append(pack)
        continue
      }
      let other = firsts[position]
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
