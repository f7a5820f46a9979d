import Testing

@testable import Copylint

@Suite struct RunTimeTests {
  @Test func partsAddUpToTheWhole() {
    var now = [0, 1_260_000, 13_000_000][...]
    var time = RunTime { now.popFirst() ?? 0 }
    time.end("packs")
    time.end("requests")
    #expect(time.text == "took 13.0 ms: packs 1.3 ms, requests 11.7 ms")
  }
}

@Suite struct HyperlinkSupportTests {
  @Test(arguments: [
    (["TERM": "xterm-256color"], false), ([:], false), (["TERM": "xterm-kitty"], true),
    (["TERM": "xterm-256color", "VTE_VERSION": "6003"], true),
    (["TERM": "xterm-256color", "VTE_VERSION": "4200"], false),
    (["TERM_PROGRAM": "WezTerm"], true), (["TERM_PROGRAM": "Apple_Terminal"], false), (["WT_SESSION": "a"], true),
    (["TERM": "dumb", "WT_SESSION": "a"], false), (["TERM": "tmux-256color", "TMUX": "a", "WT_SESSION": "a"], false),
  ])
  func whatTerminalsSayOfThemselves(_ environment: [String: String], _ isOffered: Bool) {
    #expect(HyperlinkSupport.isOffered { environment[$0] } == isOffered)
  }
}

@Suite struct RuleNotesTests {
  private static func notes(url: String?, _ options: ReportOptions) -> RuleNotes {
    let rule = Report.Rule(name: "p/r", kind: "tag-count", summary: "s", url: url, controls: ["C-1", "C-2"])
    return RuleNotes(Report.Header(tool: "", today: "", packs: [], rules: [rule]), options)
  }

  @Test(arguments: [
    ("https://example.com/a?b=c#d", true), ("http://example.com", true), ("file:///etc/passwd", false),
    ("javascript:alert(1)", false), ("https://a\u{1B}\\b", false), ("https://a\u{7}b", false),
    ("https://\u{202E}", false), ("https://a b", false),
  ])
  func onlyAddressesOfTheWebAreLinked(_ url: String, _ isLinked: Bool) {
    #expect(Self.notes(url: url, ReportOptions(hyperlinks: true)).link(of: "p/r") == (isLinked ? url : nil))
    #expect(Self.notes(url: url, ReportOptions()).link(of: "p/r") == nil)
  }

  @Test func explanationsNameTheKindsReasonWhereTheRuleHasNone() {
    let notes = Self.notes(url: "https://example.com", ReportOptions(explain: true)).explanation(of: "p/r")
    #expect(notes.map(\.label) == ["rule", "why", "controls", "see"])
    #expect(notes.map(\.text) == ["s", TagCount.why, "C-1, C-2", "https://example.com"])
    #expect(Self.notes(url: nil, ReportOptions()).explanation(of: "p/r").isEmpty)
  }
}
