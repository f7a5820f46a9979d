/// A second of the proleptic Gregorian calendar in UTC, by its parts: what dates on the wire are made of.
///
/// Every call reads and writes several of them, for which a formatter would be most of the work.
package struct CivilTime: Hashable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int
  package let hour: Int
  package let minute: Int
  package let second: Int

  /// The second that lies so many after 1970-01-01T00:00:00Z.
  package init(secondsSinceEpoch seconds: Int) {
    let (days, rest) = Self.floored(seconds, by: 86400)
    (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
    // Days are counted from 0000-03-01, so that a leap day is the last of its year, and years in eras of 400.
    let (era, dayOfEra) = Self.floored(days + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Seconds since 1970-01-01T00:00:00Z.
  package var secondsSinceEpoch: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = Self.floored(shiftedYear, by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return (era * 146_097 + dayOfEra - 719_468) * 86400 + hour * 3600 + minute * 60 + second
  }

  private static func floored(_ value: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// From `20150830T123600Z`; nil for all else, days that no calendar has among it.
  package init?(compact text: [UInt8]) {
    guard text.count == 16, text[8] == UInt8(ascii: "T"), text[15] == UInt8(ascii: "Z"),
      let year = Self.number(text[0..<4]), let month = Self.number(text[4..<6]), let day = Self.number(text[6..<8]),
      let hour = Self.number(text[9..<11]), let minute = Self.number(text[11..<13]),
      let second = Self.number(text[13..<15])
    else { return nil }
    guard year > 0, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60 else {
      return nil
    }
    (self.year, self.month, self.day) = (year, month, day)
    (self.hour, self.minute, self.second) = (hour, minute, second)
    guard CivilTime(secondsSinceEpoch: secondsSinceEpoch) == self else { return nil }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy(ASCII.isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// `20150830T123600Z`, for years of four digits.
  package var compactText: String {
    var text: [UInt8] = []
    text.reserveCapacity(16)
    append(to: &text, dateSeparator: nil, timeSeparator: nil)
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// `2015-08-30T12:36:00.007Z`, for years of four digits.
  package func text(milliseconds: Int) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(24)
    append(to: &text, dateSeparator: UInt8(ascii: "-"), timeSeparator: UInt8(ascii: ":"))
    text.append(UInt8(ascii: "."))
    Self.append(milliseconds, digits: 3, to: &text)
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  private func append(to text: inout [UInt8], dateSeparator: UInt8?, timeSeparator: UInt8?) {
    Self.append(year, digits: 4, to: &text)
    for part in [month, day] {
      if let dateSeparator { text.append(dateSeparator) }
      Self.append(part, digits: 2, to: &text)
    }
    text.append(UInt8(ascii: "T"))
    Self.append(hour, digits: 2, to: &text)
    for part in [minute, second] {
      if let timeSeparator { text.append(timeSeparator) }
      Self.append(part, digits: 2, to: &text)
    }
  }

  private static func append(_ number: Int, digits: Int, to text: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      text.append(0x30 + UInt8(truncatingIfNeeded: abs(number) / divisor % 10))
      divisor /= 10
    }
  }
}
