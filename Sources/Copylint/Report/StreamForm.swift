/// What a format wants to have of the requests of a stream.
public enum StreamForm: Sendable {
  /// Every request as a value.
  case requests
  /// Lines of `jsonl`, and the counts of what they hold.
  case lines
  /// The counts alone.
  case counts

  /// What serves several formats at once.
  init(serving formats: [StreamForm]) {
    if formats.contains(.requests) { self = .requests } else { self = formats.contains(.lines) ? .lines : .counts }
  }
}
