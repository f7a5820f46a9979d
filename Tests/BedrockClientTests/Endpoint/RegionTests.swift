import Testing

@testable import BedrockClient

@Suite struct RegionTests {
  @Test(arguments: ["eu-west-1", "us-gov-west-1", "a", "A-1", String(repeating: "a", count: 63)])
  func hostLabelsAreRegions(_ name: String) throws {
    #expect(try Region(name).name == name)
  }

  @Test(arguments: [
    "", "-eu", "eu-", "123", "eu.west", "eu/west", "eu west", "eu@evil", "eu\u{212A}", "eu\n", "évian-1",
    String(repeating: "a", count: 64),
  ])
  func anythingElseIsRefused(_ name: String) {
    #expect(throws: ConfigurationError.self) { try Region(name) }
  }

  @Test(arguments: ["eu-west-1", "us-gov-west-1", "us-isob-east-1", "eusc-de-east-1", "ap-southeast-12", "nz-north-1"])
  func regionsHaveOneName(_ name: String) throws {
    #expect(try Region(own: name).name == name)
  }

  @Test(arguments: [
    "us-east-1-fips", "fips-us-east-1", "aws-global", "aws-cn-global", "s3", "s3-website-us-east-1", "a", "eu-west",
    "eu-west-1a", "eu--1", "eu-west-", "-", "west-1", "eu-w3st-1",
  ])
  func whatIsNotTheNameOfARegionHasNone(_ name: String) {
    #expect(throws: ConfigurationError.self) { try Region(own: name) }
  }

  @Test func theMessageEscapesTheName() throws {
    let error = try #require(throws: ConfigurationError.self) { try Region("eu\u{1B}[31m") }
    #expect(error.message == "the Region `eu\\u{1b}[31m` is not a valid host label")
  }

  @Test(arguments: [
    ("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-east-1", "aws-us-gov"), ("us-iso-east-1", "aws-iso"),
    ("us-isob-east-1", "aws-iso-b"), ("eu-isoe-west-1", "aws-iso-e"), ("us-isof-south-1", "aws-iso-f"),
    ("eusc-de-east-1", "aws-eusc"), ("aws-cn-global", "aws-cn"), ("nowhere", "aws"),
  ])
  func partitionsKnowTheirRegions(_ region: String, _ partition: String) throws {
    #expect(Partition.of(try Region(region)).name == partition)
  }
}
