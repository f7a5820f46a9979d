import Foundation
import Testing

/// A personal gateway, the aws CLI before it, and something behind it that is not our own code.
@Suite(.needs(.awsCLI)) struct GatewayClientTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-.*"}]}"#,
      to: "p.json")
  }

  private func gateway(
    _ standIn: StandIn, _ more: [String] = [], environment: [String: String] = [:], prefix: String = ":"
  ) throws -> RunningGateway {
    try RunningGateway(
      ["--no-config", "--pack", "./p.json", "--port", "0", "--personal", "--print-env", "sh"] + more, in: scratch,
      environment: standIn.environment.merging(environment) { $1 }, prefix: prefix)
  }

  /// What a shell prints that has pasted the gateway's lines.
  private func shell(_ script: String, environment: [String: String] = [:]) throws -> Program.Result {
    let region = ["AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-1", "AWS_PAGER": ""]
    return try Program.execute(
      "/bin/sh", ["-c", ". ./gateway.out; \(script)"], in: scratch.folder,
      environment: region.merging(environment) { $1 })
  }

  private static let create = "aws bedrock create-model-copy-job --source-model-arn \(Sample.arn) --target-model-name"

  @Test func theCLIIsJudgedAndItsRetriesMakeOneCopy() throws {
    let standIn = try StandIn(failures: [500, 429])
    let gateway = try gateway(standIn)
    let made = try shell("\(Self.create) fin-a --query jobArn --output text")
    #expect(made.code == 0 && made.output.hasPrefix("arn:aws:bedrock:eu-west-1:111122223333:"), "\(made.errors)")
    #expect(try standIn.bodies.count == 3 && standIn.tokens.count == 1)
    let denied = try shell("\(Self.create) other")
    #expect(denied.code != 0)
    #expect(denied.errors.contains("(AccessDeniedException) when calling the CreateModelCopyJob operation: copylint: "))
    #expect(denied.errors.contains("/targetModelName p/name: "))
    #expect(try standIn.bodies.count == 3)
    let names = try shell(
      "aws bedrock list-custom-models --page-size 2 --query 'modelSummaries[].modelName' --output text")
    #expect(names.output.split { $0.isWhitespace } == (0..<5).map { "model-\($0)" }, "\(names.errors)")
    let write = try shell("aws bedrock delete-guardrail --guardrail-identifier abcdef")
    #expect(write.code != 0 && write.errors.contains("--allow-other-operations"))
    #expect(gateway.stop() == 0)
  }

  /// SDKs that read one of the two lists, or the other, have the exceptions that they had.
  @Test(arguments: [
    ([:], "127.0.0.1,localhost", "127.0.0.1,localhost"),
    (["no_proxy": "a"], "127.0.0.1,localhost,a", "127.0.0.1,localhost,a"),
    (["NO_PROXY": "a", "no_proxy": "b"], "127.0.0.1,localhost,a", "127.0.0.1,localhost,b"),
    (["NO_PROXY": "*"], "*", "*"),
  ])
  func theLinesTakeNoProxyExceptionAway(_ lists: [String: String], _ upper: String, _ lower: String) throws {
    let standIn = try StandIn()
    let gateways = try ["sh", "python"].map { syntax in
      let gateway = try gateway(standIn, ["--print-env", syntax])
      let command =
        syntax == "sh"
        ? "set -eu; . ./gateway.out; echo \"$NO_PROXY $no_proxy\""
        : "python3 -c 'exec(open(\"gateway.out\").read()); print(os.environ[\"NO_PROXY\"], os.environ[\"no_proxy\"])'"
      let own = lists.map { "\($0)='\($1)'" }.joined(separator: " ")
      let result = try Program.execute(
        "/bin/sh", ["-c", "unset NO_PROXY no_proxy; export x=1 \(own); \(command)"], in: scratch.folder)
      #expect(result.output == "\(upper) \(lower)\n", "\(result.errors)")
      return gateway
    }
    for gateway in gateways { #expect(gateway.stop() == 0) }
  }

  /// A token would replace the signature that the gateway makes.
  @Test func itSignsThoughThereIsABearerToken() throws {
    let standIn = try StandIn()
    let gateway = try gateway(standIn, environment: ["AWS_BEARER_TOKEN_BEDROCK": "token"])
    let made = try shell("\(Self.create) fin-a", environment: ["AWS_BEARER_TOKEN_BEDROCK": "token"])
    #expect(made.code == 0, "\(made.errors)")
    #expect(gateway.stop() == 0)
  }

  /// As an orchestrator asks: by the address, whatever the gateway is called.
  @Test func aProbeByAddressIsAnswered() throws {
    let standIn = try StandIn()
    let gateway = try gateway(standIn)
    let probe = """
      import sys, urllib.error, urllib.request
      opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
      for path in ["/-/ready", "/model-copy-jobs"]:
          url = f"http://127.0.0.1:{sys.argv[1]}{path}"
          try: print(opener.open(urllib.request.Request(url, headers={"Host": "10.1.2.3:8720"})).status)
          except urllib.error.HTTPError as error: print(error.status)
      """
    try scratch.write(probe, to: "probe.py")
    #expect(try shell("python3 probe.py \(gateway.port)").output == "200\n421\n")
    #expect(gateway.stop() == 0)
  }

  /// Opens idle connections, then reads metrics and makes a copy; prints how many stayed open.
  private static let crowd = """
    import os, re, resource, socket, subprocess, sys, time, urllib.request
    port, count = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_NOFILE, (count + 100, count + 100))
    crowd = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
    if len(sys.argv) > 4:
        try: print(crowd[-1].recv(1) == b"")
        except ConnectionResetError: print(True)
        for connection in crowd: connection.close()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try: text = opener.open(f"http://127.0.0.1:{port}/-/metrics").read().decode()
        except OSError: continue
        number = int(re.search(r"^copylint_gate_connections (\\d+)$", text, re.M)[1])
        if number == (1 if len(sys.argv) > 4 else count + 1): break
    print(subprocess.run(sys.argv[-1], shell=True, capture_output=True, text=True).stdout, end="")
    """

  /// Descriptors are raised to what the system allows; where it allows few, some stay for those who are let in.
  @Test(arguments: [("ulimit -Sn 256; ulimit -Hn 4096", 800, []), ("ulimit -n 256", 200, ["full"])])
  func aCrowdOfIdleClientsLocksNobodyOut(_ limits: String, _ count: Int, _ full: [String]) throws {
    let standIn = try StandIn()
    let gateway = try gateway(standIn, prefix: limits)
    try scratch.write(Self.crowd, to: "crowd.py")
    let create = "\(Self.create) fin-a --query jobArn --output text"
    let arguments = ["crowd.py", "\(gateway.port)", "\(count)"] + full + ["'\(create)'"]
    let result = try shell("python3 \(arguments.joined(separator: " "))")
    #expect(result.output.hasPrefix(full.isEmpty ? "arn:" : "True\narn:"), "\(result.output) \(result.errors)")
    let reasons = gateway.lines.compactMap { ($0["metadata"] as? [String: Any])?["reason"] as? String }
    #expect(reasons.contains("too many connections at one time") == !full.isEmpty)
    #expect(gateway.stop() == 0)
  }

  @Test func aPersonalGatewayHasNoCallersOfAFile() throws {
    try scratch.write(#"{"format": 1, "callers": "callers.json"}"#, to: "gateway.json")
    let result = try Program.run(
      ["gateway", "--no-config", "--personal", "--gateway-config", "gateway.json"], in: scratch.folder,
      environment: try StandIn().environment)
    #expect(result.code == 2)
    #expect(result.errors.contains("  = help: leave out `--personal`, or `callers`\n"), "\(result.errors)")
  }

  /// A gateway that cannot start leaves nothing of what it would have handed out.
  @Test func nothingIsLeftOfAFailedStart() throws {
    let standIn = try StandIn()
    let environment = standIn.environment.merging(["TMPDIR": scratch.folder.path, "XDG_RUNTIME_DIR": ""]) { $1 }
    for arguments in [["--pack", "./none.json", "--port", "0"], ["--pack", "./p.json", "--port", "\(standIn.port)"]] {
      let state = ["--journal", "journal.sqlite", "--decision-log", "decisions.jsonl"]
      let result = try Program.run(
        ["gateway", "--no-config", "--personal"] + arguments + state, in: scratch.folder, environment: environment)
      #expect(result.code == 2, "\(result.errors)")
      if arguments.last != "0" { #expect(result.errors.contains("port \(standIn.port): address already in use\n")) }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
    #expect(!names.contains { $0.hasPrefix("copylint-run-") })
  }
}
