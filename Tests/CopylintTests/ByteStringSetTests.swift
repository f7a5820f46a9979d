import Testing

@testable import Copylint

@Suite struct ByteStringSetTests {
  /// Few are compared, many are hashed: what they say is the same.
  @Test(arguments: [0, 1, ByteStringSet.few, ByteStringSet.few + 1, 500])
  func everyElementStandsOnceAtItsPosition(_ count: Int) {
    var set = ByteStringSet()
    for turn in 0..<2 {
      for number in 0..<count {
        let (inserted, position) = set.insert(ByteString("key \(number)"))
        #expect(inserted == (turn == 0))
        #expect(position == number)
      }
    }
    #expect(set.elements == (0..<count).map { ByteString("key \($0)") })
    #expect(!set.contains("key"))
    #expect(set.position(of: ByteString("key \(count - 1)")) == (count > 0 ? count - 1 : nil))
  }

  @Test func equalityIsOfBytes() {
    var set = ByteStringSet(["K"])
    #expect(!set.contains("\u{212A}"))
    #expect(set.insert("\u{212A}").inserted)
  }

  @Test func aCopyGoesItsOwnWay() {
    var first = ByteStringSet((0..<100).map { ByteString("\($0)") })
    var second = first
    #expect(first.insert("a") == (true, 100))
    #expect(second.insert("b") == (true, 100))
    #expect(!first.contains("b"))
    #expect(!second.contains("a"))
    #expect(second.position(of: "99") == 99)
  }
}
