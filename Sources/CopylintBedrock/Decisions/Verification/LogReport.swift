import Copylint

/// The result of a verification, as text and as JSON.
extension LogVerification.Result {
  /// Whether nothing is wrong.
  public var isIntact: Bool { problemCount == 0 }

  /// A line a problem, with help beneath, and a last one that sums up.
  public var text: [String] {
    var lines: [String] = []
    for problem in problems {
      let place = problem.place.map { "\(Escaping.visible($0.path)):\($0.line): " } ?? ""
      let chain = problem.chain.map { " [chain \(Escaping.visible($0))]" } ?? ""
      lines.append("\(place)error: \(problem.kind.rawValue): \(problem.message)\(chain)")
      if let help = problem.help { lines.append("  = help: \(help)") }
    }
    let left = problemCount - problems.count
    if left > 0 { lines.append("error: and \(left) more") }
    for half in halfLines {
      lines.append(
        "\(Escaping.visible(half.path)):\(half.line): note: a line that was cut short by a crash; it was never confirmed"
      )
    }
    return lines + [summary]
  }

  private var summary: String {
    let counts = [
      Self.count(lines, "line"), "of " + Self.count(heads.count, "chain"), "in " + Self.count(files.count, "file"),
    ]
    return counts.joined(separator: " ") + ": " + (isIntact ? "intact" : Self.count(problemCount, "problem"))
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// One object: `verdict`, `files`, `lines`, `chains` with their heads, `problems`, `halfLines`.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("verdict", isIntact ? "intact" : "tampered")
      writer.member("files", files)
      writer.member("lines", lines)
      writer.key("chains")
      writer.array(heads) { $0.head($1) }
      writer.member("problemCount", problemCount)
      writer.key("problems")
      writer.array(problems) { $0.problem($1) }
      writer.member("halfLineCount", halfLineCount)
      writer.key("halfLines")
      writer.array(halfLines) { writer, half in writer.object { $0.place(half) } }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension JSONWriter {
  fileprivate mutating func head(_ head: ChainHead) {
    object { writer in
      writer.member("chain", head.chain)
      writer.member("n", head.count)
      writer.member("sha256", head.sha256)
    }
  }

  fileprivate mutating func problem(_ problem: LogProblem) {
    object { writer in
      writer.member("kind", problem.kind.rawValue)
      if let place = problem.place { writer.place(place) }
      writer.member("chain", ifPresent: problem.chain)
      writer.member("message", problem.message)
      writer.member("help", ifPresent: problem.help)
    }
  }

  fileprivate mutating func place(_ place: (path: String, line: Int)) {
    member("path", place.path)
    member("line", place.line)
  }
}
