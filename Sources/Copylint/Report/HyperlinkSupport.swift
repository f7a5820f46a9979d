/// Whether a terminal makes links of OSC 8 sequences, by what it says of itself in the environment.
public enum HyperlinkSupport {
  /// Terminals that have them under every version that is still in use.
  private static let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby"]
  private static let variables = ["WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM"]
  private static let kinds = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra"]

  /// `variable` gives a variable's value, nil where it is not set. A multiplexer hides what it runs in, so there are
  /// none.
  public static func isOffered(_ variable: (String) -> String?) -> Bool {
    let kind = variable("TERM") ?? ""
    if kind == "dumb" || variable("TMUX") != nil || variable("STY") != nil { return false }
    if kinds.contains(kind) || variables.contains(where: { variable($0) != nil }) { return true }
    if let program = variable("TERM_PROGRAM"), programs.contains(program) { return true }
    // GNOME's terminal library, by version 0.50.
    return (variable("VTE_VERSION").flatMap { Int($0) } ?? 0) >= 5000
  }
}
