// swift-tools-version: 6.1
import PackageDescription

// A package of its own, which the one above does not name: whoever builds copylint, a hook above all, builds none of
// this. `run.py` builds it and measures with it.

let c: [CSetting] = [.unsafeFlags(["-std=gnu11", "-Wall", "-Wextra"])]
// Static, and without a byte of Swift's runtime: what a C compiler makes.
let staticC: [LinkerSetting] = [
  .linkedLibrary("jansson"), .linkedLibrary("m"), .unsafeFlags(["-static-executable", "-nostartfiles", "-use-ld=lld"]),
]

let package = Package(
  name: "benchmarks",
  targets: [
    .executableTarget(name: "measure", path: "measure", cSettings: c, linkerSettings: staticC),
    .executableTarget(
      name: "start-baseline", path: "startup", sources: ["baseline.c"], cSettings: c, linkerSettings: staticC),
    .target(
      name: "Scanner", path: "stream", sources: ["scanner.c", "policy.c"], publicHeadersPath: ".", cSettings: c),
    .executableTarget(
      name: "stream-baseline", dependencies: ["Scanner"], path: "stream-baseline", cSettings: c,
      linkerSettings: staticC),
    .executableTarget(
      name: "many-rules-baseline", dependencies: ["Scanner"], path: "many-rules", sources: ["many.c"], cSettings: c,
      linkerSettings: staticC),
  ])
