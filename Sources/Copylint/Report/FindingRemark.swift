extension Finding {
  /// What a format without a place of its own for it says after the message: that the rule could not be decided, who
  /// answers for a waived finding, that the baseline knows it. Nil for an open failure.
  var remark: String? {
    let parts = [verdict == .unknown ? "undetermined" : nil, answer].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Who answers for the finding; nil while it is open.
  var answer: String? {
    switch status {
    case .open: nil
    case .waived: waiver.map { "waived \($0.words)" } ?? "waived"
    case .known: "known: it stands in the baseline"
    }
  }

  /// The message with its remark, within one line.
  var remarkedMessage: String { remark.map { "\(message) (\($0))" } ?? message }

  /// How loud a platform should be about it: what somebody answers for is for information only.
  var loudness: Severity { status == .open ? severity : .info }

  /// What a report of limited size keeps first: open findings by severity, then what somebody answers for.
  var rank: Rank {
    switch (status, severity) {
    case (.open, .error): .error
    case (.open, .warning): .warning
    case (.open, .info): .info
    case (.waived, _), (.known, _): .answered
    }
  }

  /// The most important first.
  enum Rank: Int, CaseIterable {
    case error, warning, info, answered
  }
}

extension AppliedWaiver {
  /// Until when, by whom, where and why.
  var words: String {
    let who = "\(owner.displayString), \(ticket.displayString)"
    return "until \(expires.description) by \(who): \(reason.displayString)"
  }
}
