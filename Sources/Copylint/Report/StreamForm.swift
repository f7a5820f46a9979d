/// What a format wants to have of the requests of a run.
public enum StreamForm: Sendable {
  /// Every request as a value.
  case requests
  /// Lines of `jsonl`, and the counts of what they hold.
  case lines
  /// Requests with findings as values, and the counts of the others.
  case findings
  /// The counts alone.
  case counts

  /// What serves several formats at once.
  init(serving formats: some Sequence<StreamForm>) {
    let isOfLines = formats.contains(.lines)
    if formats.contains(.requests) || (isOfLines && formats.contains(.findings)) {
      self = .requests
    } else {
      self = isOfLines ? .lines : formats.contains(.findings) ? .findings : .counts
    }
  }
}
