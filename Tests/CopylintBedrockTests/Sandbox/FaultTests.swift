import Testing

@testable import CopylintBedrock

@Suite struct FaultTests {
  /// What a client sees of a create with this fault, and whether a job began.
  static let effects: [(Fault, Int?, Bool)] = [
    (.throttle, 429, false), (.error, 500, false), (.errorAfter, 500, true), (.resetBefore, nil, false),
    (.resetDuring, nil, true), (.resetAfter, nil, true), (.truncate, nil, true), (.slow, 201, true),
    (.garbage, 201, true), (.oversize, 201, true),
  ]

  @Test(arguments: effects)
  func happensAsItSays(_ example: (fault: Fault, status: Int?, hasEffect: Bool)) async throws {
    try await SandboxCaller.with(.live) { options in
      options.faults.schedule = [1: example.fault]
      options.faults.slowness = .milliseconds(1)
    } _: { caller async throws in
      let response = try? await caller.create(GoodRequest.members())
      #expect(response?.status == example.status)
      #expect(caller.service.jobs.count == (example.hasEffect ? 1 : 0))
      if example.fault == .garbage { #expect(response?.json.isEmpty == true) }
      if example.fault == .oversize {
        #expect((response?.body.count ?? 0) > 32 << 20)
        #expect(response?.json["jobArn"] is String)
      }
      #expect(try await caller.create(GoodRequest.members()).status == 201)
    }
  }

  @Test(arguments: [Fault.hangBefore, .hangAfter]) func hangs(_ fault: Fault) async throws {
    var options = SandboxOptions()
    options.allowsUnsigned = true
    options.faults.schedule = [1: fault]
    let (exchanges, heard) = AsyncStream<SandboxExchange>.makeStream()
    options.onExchange = { heard.yield($0) }
    let sandbox = try await Sandbox.start(options)
    let connection = try await RawConnection.open(sandbox.port)
    let body = #"{"sourceModelArn": "\#(GoodRequest.source)", "targetModelName": "a"}"#
    await connection.send(TestRequest(method: "POST", target: "/model-copy-jobs", body: Array(body.utf8)).wire)
    // The second is answered while the first hangs: it must not come first.
    var arrivals = exchanges.makeAsyncIterator()
    #expect(await arrivals.next()?.fault == fault)
    let second = try await RawConnection.open(sandbox.port)
    await second.send(TestRequest(target: "/model-copy-jobs").wire)
    #expect(await second.readResponses(1).map(\.status) == [200])
    await sandbox.stop()
    #expect(await connection.readToEnd().bytes.isEmpty)
    #expect(sandbox.jobs.count == (fault == .hangAfter ? 1 : 0))
  }

  @Test func everyFaultIsTested() {
    #expect(Set(Self.effects.map(\.0)).union([.hangBefore, .hangAfter]) == Set(Fault.allCases))
  }

  @Test func chanceRepeatsItself() {
    var plan = FaultPlan()
    plan.chances = [.throttle: 0.2, .error: 0.1]
    plan.seed = 7
    let draw = { (plan: FaultPlan) in
      var dice = FaultDice(plan)
      return (0..<10_000).map { _ in dice.next(.create) }
    }
    let drawn = draw(plan)
    #expect(draw(plan) == drawn)
    #expect((1800...2200).contains(drawn.count { $0 == .throttle }))
    #expect((850...1150).contains(drawn.count { $0 == .error }))
    #expect(drawn.count { $0 == nil } == 10_000 - drawn.count { $0 == .throttle } - drawn.count { $0 == .error })
    plan.seed = 8
    #expect(draw(plan) != drawn)
  }

  @Test func aScheduleCountsTheOperationsItIsFor() {
    var plan = FaultPlan()
    plan.schedule = [2: .error]
    plan.operations = [.create]
    var dice = FaultDice(plan)
    let drawn = [SandboxOperation.create, .get, .identity, .create, .create].map { dice.next($0) }
    #expect(drawn == [nil, nil, nil, .error, nil])
  }

  @Test func certaintyIsCertain() {
    var plan = FaultPlan()
    plan.chances = [.truncate: 1]
    var dice = FaultDice(plan)
    #expect((0..<1000).allSatisfy { _ in dice.next(.list) == .truncate })
  }
}
