import Foundation
import Testing

/// The gateway with real clients before it and something that is not our own code behind it.
@Suite(.needs(.boto3)) struct GatewayTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write(Self.pack("Owner"), to: "team.json")
    try scratch.write(Self.client, to: "client.py")
  }

  private static func pack(_ tag: String) -> String {
    """
    {"format": 1, "name": "team", "version": "1", "owner": "platform@acme.example", "rules": [
      {"id": "owner", "kind": "required-tags", "tags": {"\(tag)": {}}, "help": "say who owns it"}]}
    """
  }

  /// Pastes what the gateway printed, then creates; prints what came of each create.
  private static let client = """
    import json, sys
    exec(open("gateway.out").read())
    import boto3
    from botocore.config import Config
    attempts = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    config = Config(retries={"mode": "standard", "total_max_attempts": attempts})
    bedrock = boto3.client("bedrock", region_name="eu-west-1", config=config)
    source = "\(Sample.arn)"
    for tag in sys.argv[1].split(","):
        try:
            answer = bedrock.create_model_copy_job(
                sourceModelArn=source, targetModelName="fraud-v3", targetModelTags=[{"key": tag, "value": "a x"}])
            print(answer["jobArn"])
        except Exception as error:
            print(type(error).__name__, json.dumps(str(error)))
    print(len(bedrock.list_custom_models()["modelSummaries"]))
    """

  private static let policy = ["--no-config", "--pack", "./team.json", "--port", "0"]

  private func personal(_ standIn: StandIn, _ more: [String] = []) throws -> RunningGateway {
    try RunningGateway(
      Self.policy + ["--personal", "--print-env", "python"] + more, in: scratch, environment: standIn.environment)
  }

  private func create(_ tags: String) throws -> [String] {
    let result = try Program.execute("/usr/bin/env", ["python3", "client.py", tags], in: scratch.folder)
    #expect(result.code == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(String.init)
  }

  private func log(_ arguments: String...) throws -> Program.Result {
    try Program.run(["log"] + arguments, in: scratch.folder)
  }

  @Test func aNotebookThatPastesItsLinesIsJudged() throws {
    let standIn = try StandIn()
    let gateway = try personal(standIn)
    let lines = try create("Owner,Other")
    #expect(lines.count == 3 && lines[0].hasPrefix("arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/"))
    #expect(
      lines[1].hasPrefix("AccessDeniedException ") && lines[1].contains("denied by policy, not by IAM (decision "))
    #expect(lines[1].contains("team/owner") && lines[1].contains("say who owns it"))
    #expect(lines[2] == "0")
    #expect(try standIn.bodies.count == 1)
    let body = try JSONSerialization.jsonObject(with: try #require(try standIn.bodies.first)) as? [String: Any]
    #expect((body?["targetModelTags"] as? [[String: String]]) == [["key": "Owner", "value": "a x"]])
    #expect(gateway.stop() == 0)
    #expect(try log("verify", "state/decisions.jsonl").code == 0)
    // Nothing of the credentials is left on disk.
    let folder = gateway.session.firstMatch(of: /(\/[^"]*copylint-run-[^\/"]*)\//).map { String($0.1) } ?? ""
    #expect(!folder.isEmpty && !FileManager.default.fileExists(atPath: folder))
  }

  @Test func noSecretStandsInWhatItPrintsOrLogs() throws {
    let standIn = try StandIn()
    let gateway = try personal(standIn)
    _ = try create("Owner,Other")
    #expect(gateway.stop() == 0)
    for case let path as String in FileManager.default.enumerator(atPath: scratch.folder.path) ?? .init() {
      let data = (try? Data(contentsOf: scratch.folder.appendingPathComponent(path))) ?? Data()
      #expect(data.range(of: Data("standin/secret".utf8)) == nil, "\(path)")
      #expect(data.range(of: Data("AKIDSTANDINEXAMPLE".utf8)) == nil, "\(path)")
    }
  }

  private func writeCallers(_ key: String = "AKIDCALLEREXAMPLE") throws {
    try scratch.write(
      """
      {"format": 1, "callers": [{"name": "ci", "accessKeyId": "\(key)",
       "secretAccessKey": "caller/secret/EXAMPLE/0123456789"}]}
      """, to: "callers.new")
    let path = "\(scratch.folder.path)/callers"
    #expect(chmod(path + ".new", 0o600) == 0 && rename(path + ".new", path + ".json") == 0)
  }

  /// It may get credentials later, so it starts; who looks after it hears of it before the first caller does.
  @Test func aGatewayWithoutCredentialsSaysSo() throws {
    try writeCallers()
    let nothing = [
      "AWS_ACCESS_KEY_ID": "", "AWS_PROFILE": "", "AWS_CONFIG_FILE": "/dev/null", "AWS_EC2_METADATA_DISABLED": "true",
      "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    ]
    let gateway = try RunningGateway(Self.policy + ["--callers", "callers.json"], in: scratch, environment: nothing)
    try gateway.waitFor("there are no credentials; what complies gets 503 until there are")
    #expect(gateway.stop() == 0)
  }

  @Test func aSharedGatewayKnowsTheKeysOfItsFile() throws {
    let standIn = try StandIn()
    try writeCallers()
    let gateway = try RunningGateway(
      Self.policy + ["--callers", "callers.json"], in: scratch, environment: standIn.environment)
    let call = """
      import boto3, sys
      c = boto3.client("bedrock", region_name="eu-west-1", endpoint_url=sys.argv[1],
          aws_access_key_id=sys.argv[2], aws_secret_access_key=sys.argv[3])
      try: print(c.create_model_copy_job(sourceModelArn="\(Sample.arn)", targetModelName="fraud-v3",
               targetModelTags=[{"key": "Owner", "value": "x"}])["jobArn"])
      except Exception as error: print(error)
      """
    let url = "http://127.0.0.1:\(gateway.port)"
    let run = { (key: String, secret: String) in
      try Program.execute("/usr/bin/env", ["python3", "-c", call, url, key, secret], in: scratch.folder).output
    }
    #expect(try run("AKIDCALLEREXAMPLE", "caller/secret/EXAMPLE/0123456789").hasPrefix("arn:"))
    #expect(try run("AKIDSTANDINEXAMPLE", "standin/secret/EXAMPLE").contains("this gateway is shared"))
    #expect(try run("AKIDCALLEREXAMPLE", "another").contains("InvalidSignatureException"))
    #expect(try standIn.bodies.count == 1)
    // Keys that are rotated count at once, and a file that nobody can read does not take them away.
    try writeCallers("AKIDNEXTEXAMPLE0")
    try gateway.waitFor("callers loaded")
    #expect(try run("AKIDCALLEREXAMPLE", "caller/secret/EXAMPLE/0123456789").contains("this gateway is shared"))
    #expect(try run("AKIDNEXTEXAMPLE0", "caller/secret/EXAMPLE/0123456789").hasPrefix("arn:"))
    try FileManager.default.removeItem(at: scratch.folder.appendingPathComponent("callers.json"))
    gateway.signal(SIGHUP)
    try gateway.waitFor("the new file of callers cannot be used; those of the last good one may call")
    #expect(try run("AKIDNEXTEXAMPLE0", "caller/secret/EXAMPLE/0123456789").hasPrefix("arn:"))
    #expect(try standIn.bodies.count == 3)
    #expect(gateway.stop() == 0)
  }

  @Test func aChangedPackCountsAndABrokenOneDoesNot() throws {
    let standIn = try StandIn()
    let gateway = try personal(standIn)
    #expect(try create("Owner")[0].hasPrefix("arn:"))
    try scratch.write(Self.pack("CostCenter"), to: "team.json")
    try gateway.waitFor("policy loaded")
    // Who asked for it hears that there was nothing to load.
    gateway.signal(SIGHUP)
    try gateway.waitFor("policy unchanged")
    #expect(try create("Owner,CostCenter").prefix(2).map { $0.hasPrefix("arn:") } == [false, true])
    try scratch.write("{", to: "team.json")
    gateway.signal(SIGHUP)
    try gateway.waitFor("the new policy cannot be used; the last good one stays in force")
    #expect(try create("Owner,CostCenter").prefix(2).map { $0.hasPrefix("arn:") } == [false, true])
    #expect(gateway.stop() == 0)
  }

  /// The caller's retry carries its own token to whatever gateway answers.
  @Test func killedWhileACallIsUnderWayItMakesNoSecondCopy() throws {
    let standIn = try StandIn(delay: 0.4)
    let first = try personal(standIn)
    let port = first.port
    let client = Process()
    client.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    client.arguments = ["python3", "client.py", "Owner", "10"]
    client.currentDirectoryURL = scratch.folder
    let output = Pipe()
    client.standardOutput = output
    // What the client pastes is of the first gateway, whose folder stays when it is killed.
    try client.run()
    while try standIn.bodies.isEmpty, client.isRunning { usleep(1000) }
    first.signal(SIGKILL)
    first.process.waitUntilExit()
    let second = try RunningGateway(
      Self.policy.dropLast(1) + ["\(port)", "--personal"], in: scratch, environment: standIn.environment)
    client.waitUntilExit()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(text.hasPrefix("arn:"), "\(text)")
    #expect(try standIn.bodies.count >= 2)
    #expect(try standIn.tokens.count == 1)
    #expect(second.stop() == 0)
    #expect(try log("verify", "state/decisions.jsonl").code == 0)
  }

  @Test func whatHasBegunIsAnsweredBeforeItStops() throws {
    let standIn = try StandIn(delay: 0.4)
    let gateway = try personal(standIn)
    let client = Process()
    client.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    client.arguments = ["python3", "client.py", "Owner", "1"]
    client.currentDirectoryURL = scratch.folder
    let output = Pipe()
    client.standardOutput = output
    client.standardError = FileHandle.nullDevice
    try client.run()
    while try standIn.bodies.isEmpty, client.isRunning { usleep(1000) }
    #expect(gateway.stop() == 0)
    client.waitUntilExit()
    #expect(String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).hasPrefix("arn:"))
  }

  @Test func withoutALogNothingIsForwarded() throws {
    let standIn = try StandIn()
    // In blocks of 512 bytes: room for the journal, and for a log that is full already.
    let gateway = try RunningGateway(
      Self.policy + ["--personal", "--print-env", "python"], in: scratch, environment: standIn.environment,
      prefix: "trap '' XFSZ; ulimit -f 200")
    try fillLog()
    // One that would be forwarded, and one that would be denied.
    let lines = try create("Owner,Other")
    #expect(!lines[0].hasPrefix("arn:"), "\(lines)")
    #expect(lines.prefix(2).allSatisfy { $0.contains("decision log cannot be written") }, "\(lines)")
    #expect(
      gateway.messages.contains("the decision log cannot be written; nothing is forwarded, and what is denied gets 503")
    )
    #expect(try standIn.bodies.isEmpty)
    #expect(try readiness(gateway) == "503 the decision log cannot be written: the file may not grow any more\n")
    // Who makes room need not call it.
    let deadline = Date() + 30
    #expect(truncate("\(scratch.folder.path)/state/decisions.jsonl", 0) == 0)
    // It tries the log again once a second.
    while try readiness(gateway).hasPrefix("503"), Date() < deadline {}
    #expect(try readiness(gateway) == "200 ready\n")
    #expect(try create("Owner")[0].hasPrefix("arn:"))
    #expect(gateway.stop() == 0)
  }

  /// What a balancer is told.
  private func readiness(_ gateway: RunningGateway) throws -> String {
    let question = """
      import http.client
      connection = http.client.HTTPConnection("127.0.0.1", \(gateway.port))
      connection.request("GET", "/-/ready")
      answer = connection.getresponse()
      print(answer.status, answer.read().decode(), end="")
      """
    return try Program.execute("/usr/bin/env", ["python3", "-c", question], in: scratch.folder).output
  }

  /// Makes the log as large as the limit of the gateway's process allows.
  private func fillLog() throws {
    let handle = try FileHandle(forWritingTo: scratch.folder.appendingPathComponent("state/decisions.jsonl"))
    try handle.seekToEnd()
    let line = "{\"kind\":\"filler\",\"text\":\"" + String(repeating: "x", count: 1000) + "\"}\n"
    for _ in 0..<200 { try handle.write(contentsOf: Data(line.utf8)) }
    try handle.close()
  }

  @Test func aGatewayThatNobodyMayCallDoesNotStart() throws {
    let environment = try StandIn().environment
    let result = try Program.run(
      ["gateway", "--no-config", "--pack", "./team.json", "--port", "0"], in: scratch.folder, environment: environment)
    #expect(result.code == 2 && result.errors.contains("nothing says who may call the gateway"))
    let broken = try Program.run(
      ["gateway", "--no-config", "--pack", "./none.json", "--personal", "--port", "0"], in: scratch.folder,
      environment: environment)
    #expect(broken.code == 2 && broken.errors.contains("none.json"))
  }
}
