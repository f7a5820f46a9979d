import Testing

@testable import CopylintBedrock

@Suite struct ServedRegionsTests {
  /// Looked at first, and known then.
  @Test func everyNameOfARegionIsServedWhereNoneAreNamed() {
    let regions = ServedRegions(only: nil)
    for name in ["eu-west-1", "us-gov-west-1", "mx-central-1", "eu-west-1"] { #expect(regions.serves(name)) }
  }

  @Test func othersThanTheNamedOnesAreNot() {
    let regions = ServedRegions(only: ["eu-west-1"])
    for _ in 0..<2 {
      #expect(regions.serves("eu-west-1"))
      #expect(!regions.serves("us-east-1"))
    }
  }

  /// Also where such a name is configured, and after the Region that it means was looked at.
  @Test(arguments: [
    "", "s3", "us-east-1-fips", "fips-us-east-1", "aws-global", "US-EAST-1", "us-east-1/", "us-east-1.evil.example",
    "us-east-\u{FF11}", "us-east-1\u{301}", "us-east-1\n",
  ])
  func whatIsNoOwnNameOfARegionIsNot(_ name: String) {
    for only in [nil, ["us-east-1", name]] as [Set<String>?] {
      let regions = ServedRegions(only: only)
      #expect(regions.serves("us-east-1"))
      for _ in 0..<2 { #expect(!regions.serves(name)) }
    }
  }

  /// A caller may make up names as long as it likes.
  @Test func moreNamesThanAreKeptAreServedAllTheSame() {
    let regions = ServedRegions(only: nil)
    for number in 1...200 { #expect(regions.serves("eu-west-\(number)")) }
    #expect(regions.knownCount <= 64)
    #expect(regions.serves("eu-west-1"))
  }
}
