import Foundation

/// A portal of IAM Identity Center that gives a role's credentials for one token, and that token for what renews it.
final class SSOPortal {
  let url: String
  private let process = Process()

  init(in scratch: Scratch) throws {
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.script, RunHome.keyID, RunHome.secret]
    process.standardOutput = pipe
    try process.run()
    let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    url = "http://127.0.0.1:\(line.trimmingCharacters(in: .newlines))"
  }

  deinit {
    // It may have inherited blocked signals from a thread of the tests.
    kill(process.processIdentifier, SIGKILL)
  }

  private static let script = """
    import http.server, json, sys

    class Portal(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            known = self.headers.get("x-amz-sso_bearer_token") == "sso-token-example"
            self.send_response(200 if known else 401)
            self.end_headers()
            keys = {"accessKeyId": sys.argv[1], "secretAccessKey": sys.argv[2], "sessionToken": "",
                    "expiration": 4102444800000}
            self.wfile.write(json.dumps({"roleCredentials": keys}).encode())

        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known = self.path == "/token" and asked == {
                "grantType": "refresh_token", "clientId": "c", "clientSecret": "client-example",
                "refreshToken": "refresh-example"}
            self.send_response(200 if known else 400)
            self.end_headers()
            token = {"accessToken": "sso-token-example", "expiresIn": 3600, "refreshToken": "refresh-next-example"}
            self.wfile.write(json.dumps(token if known else {"error": "invalid_grant"}).encode())

        def log_message(self, *arguments):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Portal)
    print(server.server_port, flush=True)
    server.serve_forever()
    """
}
