import Copylint
import Glibc

/// `copylint-bedrock`, the program with the verbs that need the network. This one holds no network code.
enum SiblingProgram {
  static let name = "copylint-bedrock"

  /// Becomes the sibling; returns only where that is impossible, with what to tell the user.
  static func execute(_ arguments: [String]) -> String {
    guard let program = candidates.first(where: { access($0, X_OK) == 0 }) else {
      return """
        error: `copylint \(Escaping.visible(arguments.first ?? ""))` needs the program `\(name)`, which is neither \
        beside copylint nor on PATH
          = help: build it with `swift build -c release --product \(name)`, and put it beside copylint
        """
    }
    let code = execute(program)
    return """
      error: the system cannot run \(Escaping.quoted(ByteString(program))) (error \(code))
        = help: build it for this machine with `swift build -c release --product \(name)`
      """
  }

  /// Beside this program's own file, then on PATH. Relative directories of PATH are left out: they would have a
  /// repository choose the program.
  private static var candidates: [String] {
    let path = Terminal.environment("PATH") ?? ""
    let folders = path.split(separator: ":").filter { $0.utf8.first == UInt8(ascii: "/") }
    return ([ownFolder].compactMap { $0 } + folders.map { String($0) }).map { "\($0)/\(name)" }
  }

  private static var ownFolder: String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
    }
    guard count > 0, count < buffer.count, let slash = buffer[..<count].lastIndex(of: UInt8(ascii: "/")) else {
      return nil
    }
    return String(decoding: buffer[..<slash], as: UTF8.self)
  }

  /// The error code of the call that should not have returned. The name passed on is this program's, which the
  /// sibling's help then shows; the arguments are passed on byte for byte, as those of a command that is to be run need
  /// not be text.
  private static func execute(_ program: String) -> Int32 {
    let own = UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
    let pointers = [strdup("copylint")] + own.dropFirst() + [nil]
    execv(program, pointers)
    return errno
  }
}
