/// How long a waiver holds: the one place that compares its date with the day.
enum WaiverTerm: Equatable {
  /// It covers what it matches; 0 on its last day.
  case inForce(daysLeft: Int)
  /// Its last day is over, or it is no date at all.
  case expired
  /// It would hold beyond the last day that its rule allows, and covers nothing.
  case tooLong(latest: CalendarDate)

  /// How long a rule lets a waiver last unless it says otherwise.
  static let defaultMaxDays = 90

  /// `expires` is the last day; nil is no date. `maxDays` counts from today.
  init(expires: CalendarDate?, on today: CalendarDate, maxDays: Int) {
    guard let expires, expires >= today else {
      self = .expired
      return
    }
    let latest = today.advanced(by: maxDays)
    self = expires > latest ? .tooLong(latest: latest) : .inForce(daysLeft: expires.days - today.days)
  }

  /// The days as words.
  static func text(days: Int) -> String { days == 1 ? "1 day" : "\(days) days" }
}
