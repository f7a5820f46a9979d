/// A day in UTC, `YYYY-MM-DD` (ISO 8601, the proleptic Gregorian calendar).
public struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  let days: Int

  /// Nil unless the text is exactly a date that exists.
  public init?(_ text: ByteString) {
    let bytes = text.bytes
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]), let day = Self.number(bytes[8..<10]),
      year >= 1970, (1...12).contains(month), day >= 1, day <= Self.length(ofMonth: month, year)
    else { return nil }
    days = Self.days(year, month, day)
  }

  /// The day that a moment falls on; `seconds` since 1970-01-01T00:00:00Z.
  public init(secondsSinceEpoch seconds: Int) { days = seconds / 86_400 }

  /// The day some days later, or earlier.
  func advanced(by count: Int) -> CalendarDate { CalendarDate(secondsSinceEpoch: (days + count) * 86_400) }

  /// `YYYY-MM-DD`
  public var description: String {
    let (year, month, day) = civil
    let padded = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
    return "\(year)-\(padded(month))-\(padded(day))"
  }

  /// Whether one is earlier.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.days < right.days }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.reduce(Int?(0)) { value, digit in
      guard let value, (0x30...0x39).contains(digit) else { return nil }
      return value * 10 + Int(digit - 0x30)
    }
  }

  private static func length(ofMonth month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let years = (1970..<year).reduce(0) { $0 + 337 + length(ofMonth: 2, $1) }
    return years + (1..<month).reduce(0) { $0 + length(ofMonth: $1, year) } + day - 1
  }

  private var civil: (year: Int, month: Int, day: Int) {
    var rest = days
    var year = 1970
    while rest >= 337 + Self.length(ofMonth: 2, year) {
      rest -= 337 + Self.length(ofMonth: 2, year)
      year += 1
    }
    var month = 1
    while rest >= Self.length(ofMonth: month, year) {
      rest -= Self.length(ofMonth: month, year)
      month += 1
    }
    return (year, month, rest + 1)
  }
}
