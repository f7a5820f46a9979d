import Foundation
import Testing

/// What is under way when a gateway loads its policy anew, or ends.
@Suite(.needs(.boto3)) struct GatewayLoadTests {
  private static let key = ("AKIDCALLEREXAMPLE", "caller/secret/EXAMPLE/0123456789")

  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try writePack(version: 0)
    try scratch.write(
      """
      {"format": 1, "callers": [{"name": "ci", "accessKeyId": "\(Self.key.0)", "secretAccessKey": "\(Self.key.1)"}]}
      """, to: "callers.json")
    #expect(chmod("\(scratch.folder.path)/callers.json", 0o600) == 0)
  }

  private func writePack(version: Int) throws {
    try scratch.write(
      """
      {"format": 1, "name": "team", "version": "\(version)", "rules": [
        {"id": "owner", "kind": "required-tags", "tags": {"Owner": {}}}]}
      """, to: "team.json")
  }

  private func gateway(_ standIn: StandIn) throws -> RunningGateway {
    try RunningGateway(
      ["--no-config", "--pack", "./team.json", "--port", "0", "--callers", "callers.json"], in: scratch,
      environment: standIn.environment)
  }

  /// `calls` on each connection; 0 for as many as there is time for, until `end`.
  private func client(_ gateway: RunningGateway, connections: Int, calls: Int) throws -> (Process, Pipe) {
    let (client, output) = (Process(), Pipe())
    client.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    client.arguments = [
      "python3", Program.root.appendingPathComponent("Tests/EndToEndTests/Bedrock/steady_client.py").path,
      "\(gateway.port)", Self.key.0, Self.key.1, "\(connections)", "\(calls)",
    ]
    client.currentDirectoryURL = scratch.folder
    client.standardOutput = output
    try client.run()
    return (client, output)
  }

  private func answers(_ client: (Process, Pipe)) throws -> [String: Int] {
    client.0.waitUntilExit()
    let data = client.1.fileHandleForReading.readDataToEndOfFile()
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Int])
  }

  private var answered: Int {
    let text = try? String(contentsOf: scratch.folder.appendingPathComponent("answered"), encoding: .utf8)
    return text.flatMap { Int($0) } ?? 0
  }

  @Test func noCallIsLostWhileThePolicyIsLoadedAnew() throws {
    let standIn = try StandIn()
    let gateway = try gateway(standIn)
    let client = try client(gateway, connections: 8, calls: 0)
    for version in 1...5 {
      let before = answered
      while answered < before + 16, client.0.isRunning { usleep(2000) }
      try writePack(version: version)
      gateway.signal(SIGHUP)
      try gateway.waitFor("policy loaded", times: version)
    }
    let before = answered
    while answered < before + 16, client.0.isRunning { usleep(2000) }
    try scratch.write("", to: "stop")
    let answers = try answers(client)
    let (sent, denied) = (answers["201"] ?? 0, answers["403"] ?? 0)
    #expect(Set(answers.keys) == ["201", "403"], "\(answers)")
    #expect(sent + denied > 5 * 16)
    #expect(try standIn.bodies.count == sent)
    #expect(gateway.messages.count { $0 == "denied" } == denied)
    #expect(gateway.messages.count { $0 == "forwarded" } == sent)
    #expect(gateway.stop() == 0)
    #expect(try Program.run(["log", "verify", "state/decisions.jsonl"], in: scratch.folder).code == 0)
  }

  @Test func killedWithoutWarningItLosesNothingThatItAnswered() throws {
    let standIn = try StandIn()
    let gateway = try gateway(standIn)
    let client = try client(gateway, connections: 8, calls: 0)
    while answered < 200, client.0.isRunning { usleep(1000) }
    gateway.signal(SIGKILL)
    gateway.process.waitUntilExit()
    try scratch.write("", to: "stop")
    let answers = try answers(client)
    let log = try String(contentsOf: scratch.folder.appendingPathComponent("state/decisions.jsonl"), encoding: .utf8)
    let lines = log.split(separator: "\n")
    // Of each connection one more may be written that was not answered any more.
    let denied = lines.count { $0.contains(#""forwarded":"no""#) } - (answers["403"] ?? 0)
    let forwarded = lines.count { $0.contains(#""forwarded":"yes""#) } - (answers["201"] ?? 0)
    #expect((answers["403"] ?? 0) > 0 && (answers["201"] ?? 0) > 0)
    #expect((0...8).contains(denied) && (0...8).contains(forwarded), "\(denied), \(forwarded) of \(answers)")
    #expect(try Program.run(["log", "verify", "state/decisions.jsonl"], in: scratch.folder).code == 0)
  }

  /// The disk got nothing of the journal since the first call, and the machine starts again.
  @Test func whatTheJournalLosesWithTheMachineIsInTheLog() throws {
    let standIn = try StandIn()
    let gateway = try gateway(standIn)
    let client = try client(gateway, connections: 4, calls: 0)
    while answered < 40, client.0.isRunning { usleep(1000) }
    gateway.signal(SIGKILL)
    gateway.process.waitUntilExit()
    try scratch.write("", to: "stop")
    let sent = try answers(client)["201"] ?? 0
    let loss = """
      import os, sqlite3
      os.truncate("state/journal.sqlite-wal", 0)
      os.remove("state/journal.sqlite-shm")
      journal = sqlite3.connect("state/journal.sqlite")
      print(journal.execute("SELECT count(*) FROM entries").fetchone()[0])
      journal.execute("UPDATE gates SET boot = 'before'")
      journal.commit()
      """
    let left = try Program.execute("/usr/bin/env", ["python3", "-c", loss], in: scratch.folder)
    #expect(left.code == 0, "\(left.errors)")
    #expect((Int(left.output.dropLast()) ?? 0) < sent)
    let history = try Program.run(
      ["jobs", "history", "--json", "--journal", "state/journal.sqlite"], in: scratch.folder)
    #expect(history.code == 0, "\(history.errors)")
    // Of each connection one more may be written that was not answered any more.
    let lines = history.output.split(separator: "\n")
    #expect((0...4).contains(lines.count - sent), "\(lines.count) of \(sent)")
    #expect(lines.count { $0.contains(#""state":"accepted""#) } >= sent - 4)
    let again = try Program.run(
      ["jobs", "history", "--json", "--journal", "state/journal.sqlite"], in: scratch.folder)
    #expect(again.output == history.output)
  }

  /// One that stands still lives; of one that was killed the next process that opens the journal needs nothing any more.
  @Test func aKilledGatewayNeedsItsLogUntilTheJournalIsOpened() throws {
    let standIn = try StandIn()
    let gateway = try gateway(standIn)
    #expect(try answers(client(gateway, connections: 1, calls: 8)) == ["201": 4, "403": 4])
    // It holds no lock of the journal when it is stopped: all of it is written.
    while try history().count(where: { $0.contains(#""state":"accepted""#) }) < 4, gateway.process.isRunning {}
    gateway.signal(SIGSTOP)
    #expect(try countOfCopies() == 4)
    #expect(try countOfGates() == 1)
    gateway.signal(SIGCONT)
    #expect(try countOfCopies() == 4)
    #expect(try countOfGates() == 1)
    gateway.signal(SIGKILL)
    gateway.process.waitUntilExit()
    #expect(try countOfCopies() == 4)
    #expect(try countOfGates() == 0)
    #expect(try standIn.bodies.count == 4)
    try FileManager.default.removeItem(at: scratch.folder.appendingPathComponent("state/decisions.jsonl"))
    #expect(try countOfCopies() == 4)
  }

  private func countOfCopies() throws -> Int { try history().count }

  /// The copies that the journal has, a line each.
  private func history() throws -> [Substring] {
    let history = try Program.run(
      ["jobs", "history", "--json", "--journal", "state/journal.sqlite"], in: scratch.folder)
    #expect(history.code == 0, "\(history.errors)")
    return history.output.split(separator: "\n")
  }

  /// How many gates the journal has whose logs it may need.
  private func countOfGates() throws -> Int? {
    let query = """
      import sqlite3
      print(sqlite3.connect("state/journal.sqlite").execute("SELECT count(*) FROM gates").fetchone()[0])
      """
    let count = try Program.execute("/usr/bin/env", ["python3", "-c", query], in: scratch.folder)
    return Int(count.output.dropLast())
  }

  @Test func allThatHaveBegunAreAnsweredBeforeItStops() throws {
    let standIn = try StandIn(delay: 0.5)
    let gateway = try gateway(standIn)
    let client = try client(gateway, connections: 16, calls: 1)
    while try standIn.bodies.count < 16, client.0.isRunning { usleep(1000) }
    #expect(gateway.stop() == 0)
    #expect(try answers(client) == ["201": 16])
    #expect(try Program.run(["log", "verify", "state/decisions.jsonl"], in: scratch.folder).code == 0)
  }
}
