import Testing

@testable import CopylintBedrock

@Suite struct ListOperationTests {
  /// Ten jobs, a second apart: `copy-0` to `copy-9`.
  private static func withJobs(_ body: (SandboxCaller, [String]) async throws -> Void) async throws {
    try await SandboxCaller.with(.inProcess) { caller async throws in
      var arns: [String] = []
      for number in 0..<10 {
        arns.append(try await caller.created(GoodRequest.members("copy-\(number)")))
        caller.time.advance(1)
      }
      try await body(caller, arns)
    }
  }

  private static func arns(_ response: WireResponse) -> [String] {
    (response.json["modelCopyJobSummaries"] as? [[String: Any]] ?? []).compactMap { $0["jobArn"] as? String }
  }

  @Test func theNewestComeFirst() async throws {
    try await Self.withJobs { caller, arns async throws in
      #expect(Self.arns(try await caller.list()) == arns.reversed())
      #expect(Self.arns(try await caller.list([("sortBy", "CreationTime"), ("sortOrder", "Ascending")])) == arns)
      #expect(Self.arns(try await caller.list([("sortOrder", "Descending")])) == arns.reversed())
    }
  }

  @Test(arguments: ["Ascending", "Descending"]) func pagesCoverEveryJobOnce(_ order: String) async throws {
    try await Self.withJobs { caller, arns async throws in
      var seen: [String] = []
      var token: String?
      repeat {
        let fields = [("maxResults", "3"), ("sortOrder", order)] + (token.map { [("nextToken", $0)] } ?? [])
        let page = try await caller.list(fields.map { (name: $0.0, value: $0.1) })
        #expect(Self.arns(page).count <= 3)
        seen += Self.arns(page)
        token = page.json["nextToken"] as? String
        // A job that begins between two pages belongs to neither of those that are left.
        if order == "Descending" { _ = try await caller.created(GoodRequest.members("later")) }
      } while token != nil
      #expect(seen == (order == "Ascending" ? arns : arns.reversed()))
    }
  }

  @Test func aFullLastPageHasNoToken() async throws {
    try await Self.withJobs { caller, _ async throws in
      #expect(try await caller.list([("maxResults", "10")]).json["nextToken"] == nil)
      #expect(try await caller.list([("maxResults", "9")]).json["nextToken"] != nil)
    }
  }

  static let filters: [(String, String, [Int])] = [
    ("statusEquals", "InProgress", [8, 9]),
    ("statusEquals", "Completed", [0, 1, 2, 3, 4, 5, 6, 7]),
    ("statusEquals", "Failed", []),
    ("outputModelNameContains", "-3", [3]),
    ("outputModelNameContains", "COPY", []),
    ("sourceAccountEquals", "444455556666", Array(0..<10)),
    ("sourceAccountEquals", "444455556667", []),
    ("sourceModelArnEquals", GoodRequest.source, Array(0..<10)),
    ("creationTimeAfter", "2026-11-18T11:06:47Z", [8, 9]),
    ("creationTimeBefore", "2026-11-18T11:06:41.5Z", [0, 1]),
  ]

  @Test(arguments: filters) func keepsWhatMatches(_ example: (name: String, value: String, places: [Int])) async throws
  {
    try await Self.withJobs { caller, arns async throws in
      let fields = [(name: example.name, value: example.value), (name: "sortOrder", value: "Ascending")]
      #expect(Self.arns(try await caller.list(fields)) == example.places.map { arns[$0] })
    }
  }

  @Test(arguments: [
    ("maxResults", "0"), ("maxResults", "1001"), ("maxResults", "x"), ("sortOrder", "descending"), ("sortBy", "Name"),
    ("statusEquals", "completed"), ("nextToken", "x"), ("nextToken", "after--1"), ("creationTimeAfter", "yesterday"),
  ])
  func refusesOtherValues(_ name: String, _ value: String) async throws {
    try await SandboxCaller.with(.inProcess) { caller async throws in
      let response = try await caller.list([(name, value)])
      #expect(response.status == 400)
      #expect(response.headers["x-amzn-errortype"] == "ValidationException")
    }
  }
}
