import Foundation
import Testing

@testable import CopylintBedrock

@Suite struct RandomIDTests {
  @Test func isAUUIDOfVersion4AndNeverTheSame() throws {
    let ids = (0..<1000).map { _ in RandomID.draw() }
    #expect(Set(ids).count == ids.count)
    for id in ids {
      let uuid = try #require(UUID(uuidString: id))
      #expect(uuid.uuidString.lowercased() == id)
      #expect(uuid.uuid.6 >> 4 == 4 && uuid.uuid.8 >> 6 == 2)
    }
  }
}
