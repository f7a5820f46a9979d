// swift-tools-version: 6.1
import PackageDescription

#if canImport(Glibc)
  import Glibc
#endif

/// The folder of Swift's static standard library, or nil where this toolchain has none.
///
/// A release build of the command is one static file: it starts in about a millisecond and runs on a
/// machine that has neither Swift nor jansson. Where an archive is missing the build is an ordinary dynamic one.
let canLinkStatically: Bool = {
  #if os(Linux)
    let archives = ["libjansson.a", "libre2.a", "libcrypto.a", "libz.a"]
    let folders = ["/usr/lib/x86_64-linux-gnu/", "/usr/lib/aarch64-linux-gnu/", "/usr/lib64/", "/usr/lib/"]
    return archives.allSatisfy { archive in folders.contains { access($0 + archive, R_OK) == 0 } }
  #else
    return false
  #endif
}()

let staticRelease = BuildSettingCondition.when(platforms: [.linux], configuration: .release)

/// Whether SwiftPM fetched this package for another one: it refuses a dependency whose *library* has unsafe flags.
let isFetched = ["/checkouts/", "/registry/downloads/"].contains { Context.packageDirectory.contains($0) }

/// What shortens a start: each function has a section of its own, so that the linker can lay side by side what is called;
/// generic types are made by the compiler where it can, and values are copied and destroyed without the metadata of their
/// types. Otherwise the runtime makes both when they are first used, and that was a fifth of a small check.
let startFlags = ["-function-sections", "-prespecialize-generic-metadata", "-disable-type-layout"].flatMap {
  ["-Xfrontend", $0]
}
let libraryFlags = isFetched || !canLinkStatically ? [] : startFlags
let librarySwiftSettings: [SwiftSetting] = libraryFlags.isEmpty ? [] : [.unsafeFlags(libraryFlags, staticRelease)]

let commandSwiftSettings: [SwiftSetting] =
  canLinkStatically ? [.unsafeFlags(["-static-stdlib"] + startFlags, staticRelease)] : []
let commandLinkerSettings: [LinkerSetting] =
  canLinkStatically
  ? [
    .unsafeFlags(
      [
        "-static-executable", "-l_FoundationCShims", "-l_FoundationCollections", "-lswiftSynchronization",
        "-use-ld=lld", "-Xlinker", "--wrap=swift_copyAuxiliaryExecutablePath", "-Xlinker", "--wrap=OPENSSL_cpuid_setup",
        "-Xlinker", "--wrap=sysconf",
        // What a small check calls lies side by side. See Tests/Benchmarks/startup/order.py.
        "-Xlinker", "--symbol-ordering-file=\(Context.packageDirectory)/Sources/copylint/startup-order.txt",
        "-Xlinker", "--no-warn-symbol-ordering",
        "-Xlinker", "--script=\(Context.packageDirectory)/Sources/copylint/startup-sections.ld",
      ], staticRelease)
  ] : []

// What talks to Bedrock is linked with Swift's own libraries only: libcurl exists in no static form that links. The file
// then needs what the distribution has (libcurl, libsqlite3, libssl, libjansson, libre2), and no Swift.
let bedrockSwiftSettings = commandSwiftSettings
let bedrockLinkerSettings: [LinkerSetting] =
  canLinkStatically
  ? [
    .unsafeFlags(
      [
        "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims", "-l_FoundationCollections",
        "-lswiftSynchronization", "-use-ld=lld",
      ], staticRelease)
  ] : []

let package = Package(
  name: "copylint",
  products: [
    .library(name: "Copylint", targets: ["Copylint"]),
    .library(name: "BedrockClient", targets: ["BedrockClient"]),
    .executable(name: "copylint", targets: ["copylint"]),
    .executable(name: "copylint-bedrock", targets: ["copylint-bedrock"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(name: "CJansson"),
    .systemLibrary(name: "CCrypto"),
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CSQLite"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CCores"),
    .target(name: "CStaticStart", cSettings: canLinkStatically ? [.define("LINKED_STATICALLY", staticRelease)] : []),
    .target(name: "CArguments"),
    .target(name: "CSpawn"),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2"), .linkedLibrary("pthread")]),
    .target(
      name: "BuiltInPacks", path: "rules", exclude: ["cases"],
      resources: [.embedInCode("baseline.json"), .embedInCode("bedrock-api.json"), .embedInCode("data-residency.json")]),
    .target(
      name: "Copylint", dependencies: ["CJansson", "CCrypto", "CRE2", "CZlib", "CCores", "BuiltInPacks"],
      swiftSettings: librarySwiftSettings),
    .target(name: "BedrockClient", dependencies: ["CCrypto", "CCurl"]),
    .target(
      name: "CopylintBedrock",
      dependencies: [
        "BedrockClient", "CSQLite", "CSpawn", "Copylint", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "CopylintArguments",
      dependencies: [
        "CArguments", "Copylint", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "copylint",
      dependencies: [
        "Copylint", "CopylintArguments", "CStaticStart",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["startup-order.txt", "startup-sections.ld"], swiftSettings: commandSwiftSettings,
      linkerSettings: commandLinkerSettings),
    .executableTarget(
      name: "copylint-bedrock",
      dependencies: [
        "CopylintArguments", "CopylintBedrock", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: bedrockSwiftSettings, linkerSettings: bedrockLinkerSettings),
    .executableTarget(
      name: "decision-log-benchmark",
      dependencies: [
        "Copylint", "CopylintBedrock", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/Benchmarks/decision-log"),
    .testTarget(
      name: "CopylintTests", dependencies: ["BuiltInPacks", "Copylint", "CRE2"],
      exclude: ["Kinds/Fixtures", "Packs/Mistakes", "Report/Expected", "Waivers/Mistakes"]),
    .testTarget(name: "BedrockClientTests", dependencies: ["BedrockClient"], exclude: ["Transport/tls-server.py"]),
    .testTarget(
      name: "CopylintBedrockTests",
      dependencies: ["CopylintBedrock", .product(name: "NIOEmbedded", package: "swift-nio")]),
    .testTarget(
      name: "EndToEndTests", exclude: ["Bedrock/boto3_client.py", "Bedrock/standin.py", "Bedrock/steady_client.py"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
