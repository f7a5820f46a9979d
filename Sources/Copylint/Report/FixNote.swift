extension Finding {
  /// What would mend it and how to have it done, or why nothing is offered; nil where there is nothing to say.
  var fixNote: String? {
    guard let fix else { return declinedFix }
    let options = fix.safety == .safe ? "`--fix`" : "`--fix --unsafe-fixes`"
    return "\(options) would \(fix.summary)"
  }
}
