import Foundation

@testable import Copylint

/// What the tests of the engine need to judge a request in memory.
enum Judging {
  static let today = "2026-11-23"

  static func date(_ text: String) throws -> CalendarDate {
    struct NoDate: Error {}
    guard let date = CalendarDate(ByteString(text)) else { throw NoDate() }
    return date
  }

  /// The rules of packs held in memory: by the path they are asked for.
  static func ruleSet(_ files: [String: String], roots: [String]) -> (rules: RuleSet, problems: [Diagnostic]) {
    let contents = Dictionary(uniqueKeysWithValues: files.map { (ByteString("/r/" + $0.key), Array($0.value.utf8)) })
    let loader = PackLoader(
      files: PolicyFiles(
        read: { path throws(Diagnostic) in
          guard let bytes = contents[path] else { throw Diagnostic("no such file", path: path) }
          return bytes
        },
        realPath: { path in contents[Path.normalised(path)] == nil ? nil : Path.normalised(path) },
        isWritableByOthers: { $0.ends(with: "writable.json") }),
      surroundings: PackLoader.Surroundings(root: "/r", packPath: ["/r/shared"]))
    var packs = [loader.alwaysInForce()].compactMap { $0 }
    packs += roots.compactMap {
      loader.load(PackReference(pack: ByteString($0)), relativeTo: "/r", isTrusted: false)
    }
    let graph = PackGraph(roots: packs, loader: loader)
    let problems = loader.diagnostics + graph.nameClashes()
    guard loader.isComplete else { return (RuleSet(rules: [], packs: []), problems) }
    let (rules, mistakes) = RuleSet.compose(packs, graph)
    return (rules, problems + mistakes)
  }

  /// One pack beside `bedrock-api`.
  static func ruleSet(_ pack: String) -> (rules: RuleSet, problems: [Diagnostic]) {
    ruleSet(["pack.json": pack], roots: ["./pack.json"])
  }

  static func judge(
    _ json: String, _ rules: RuleSet, region: String? = nil, account: String? = nil, path: String = "request.json",
    today: String = Judging.today, stage: Stage = .file
  ) throws -> Report.Request {
    var linter = Linter(today: try date(today), stage: stage)
    return linter.judge(
      JSONText(SourceFile(path: ByteString(path), bytes: Array(json.utf8))),
      Linter.Input(
        path: ByteString(path), policyPath: ByteString(path),
        declarations: [
          TargetDeclaration(
            source: .option, region: region.map { ByteString($0) }, account: account.map { ByteString($0) })
        ]), rules, limits: JSONLimits())
  }

  /// A finding as the terminal shows it, without colour.
  static func rendered(_ request: Report.Request) -> String {
    var rendering = TextRendering(color: false)
    return (request.error.map { [rendering.block($0)] } ?? [] + request.findings.map { rendering.block($0) })
      .joined(separator: "\n")
  }

  static func rendered(_ diagnostics: [Diagnostic]) -> String {
    var rendering = TextRendering(color: false)
    return diagnostics.map { rendering.block($0) }.joined(separator: "\n")
  }

  /// The folder that a test file stands in.
  static func folder(of file: String = #filePath) -> URL { URL(fileURLWithPath: file).deletingLastPathComponent() }

  /// Tests/, wherever the package was cloned.
  static var testsFolder: URL { folder().deletingLastPathComponent() }
}
