import Testing

@testable import Copylint

@Suite struct RequestOrdinalsTests {
  private func identity(_ name: String) -> RequestOrdinals.Identity {
    Array(name.utf8).withUnsafeBufferPointer { RequestOrdinals.Identity(path: "a", source: .absent, name: $0) }
  }

  @Test func everyIdentityIsCountedApart() {
    let ordinals = RequestOrdinals()
    for round in 0..<3 {
      for number in 0..<10_000 { #expect(ordinals.next(identity("\(number)")) == round) }
    }
  }

  @Test func thereIsNoEndToRepeats() {
    let ordinals = RequestOrdinals()
    let (one, other) = (identity("one"), identity("other"))
    for number in 0..<70_000 where ordinals.next(one) != number { Issue.record("\(number)") }
    #expect(ordinals.next(other) == 0)
    #expect(ordinals.next(one) == 70_000)
  }

  @Test func severalAreCountedInOrder() {
    let ordinals = RequestOrdinals()
    var found: [Int] = []
    ordinals.next([identity("a"), nil, identity("a"), identity("b")], into: &found)
    #expect(found == [0, 0, 1, 0])
  }

  /// Parts do not run together.
  @Test func whatIsOfAnotherPathOrSourceIsAnother() {
    let ordinals = RequestOrdinals()
    let (a, b, ab) = (Array("a".utf8), Array("b".utf8), Array("ab".utf8))
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        ab.withUnsafeBufferPointer { ab in
          let all = [("p", a, b), ("p", ab, Span.absent), ("p", Span.absent, ab), ("pa", Span.absent, b), ("", ab, b)]
          for (path, source, name) in all {
            #expect(ordinals.next(RequestOrdinals.Identity(path: ByteString(path), source: source, name: name)) == 0)
          }
        }
      }
    }
  }
}
