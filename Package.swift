// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target of ours is built alike: language mode 6, no hidden unsafety, no ignored warning.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func stage(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude, swiftSettings: strict)
}

let containers = Target.Dependency.product(name: "BasicContainers", package: "swift-collections")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "trapline",
  products: [
    .executable(name: "traplined", targets: ["traplined"]),
    .executable(name: "trapline", targets: ["trapline"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
  ],
  targets: [
    // C: what Swift cannot see by itself.
    .target(name: "CTrapSystem"),
    .target(name: "CTrapBlast"),
    .systemLibrary(name: "CNetSNMP", providers: [.apt(["libsnmp-dev"])]),
    .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "CTrapTLS", linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

    // Leaves: import nothing of ours.
    stage("SNMPWire", []),
    stage("TrapLedger", []),
    stage("TrapBatching", ["TrapLedger", containers, deque]),

    // SNMPv3's User-based Security Model on libcrypto: pure functions and the state that they need.
    stage("TrapSecurity", ["CCrypto", "SNMPWire", "TrapBatching"]),

    // Leaves of the adapters: HTTP out, the inventory, and the words of the control plane.
    stage("TrapHTTP", ["CCurl", "TrapBatching"]),
    stage("TrapInventory", ["CSQLite", "SNMPWire", "TrapBatching", "TrapSecurity"]),
    stage("TrapControl", []),

    // Stages, in the order a trap meets them; they import leaves, never each other.
    stage("TrapArrival", ["CTrapSystem", "SNMPWire", "TrapLedger", "TrapBatching", "TrapSecurity", containers]),
    stage(
      "TrapClassification",
      ["CCrypto", "SNMPWire", "TrapLedger", "TrapBatching", "TrapSecurity", containers, deque]),
    stage("TrapDispatch", ["SNMPWire", "TrapLedger", "TrapBatching", containers, deque]),

    // Adapters and views.
    stage(
      "TrapEngines",
      [
        "CTrapSystem", "SNMPWire", "TrapLedger", "TrapBatching", "TrapHTTP", "TrapInventory", "TrapControl",
        "TrapSecurity", "TrapClassification", "TrapDispatch", logging,
      ]),
    stage("TrapObservation", ["TrapLedger", "TrapBatching", deque]),
    stage(
      "TrapAPI",
      ["TrapControl", "TrapBatching", hummingbird, hummingbirdCore, lifecycle, httpTypes, nioCore, nioPosix, logging]),
    stage(
      "TrapAgent",
      [
        "CNetSNMP", "CTrapTLS", "CTrapSystem", "SNMPWire", "TrapSecurity", "TrapControl", "TrapObservation",
        "TrapLedger", "TrapBatching", logging,
      ]),

    // The wiring.
    stage(
      "TrapService",
      [
        "CTrapSystem", "CSystemd", "CLibXML2", "SNMPWire", "TrapLedger", "TrapBatching", "TrapArrival",
        "TrapSecurity", "TrapHTTP", "TrapInventory", "TrapControl", "TrapClassification", "TrapDispatch",
        "TrapEngines", "TrapAPI", "TrapObservation", "TrapAgent", logging,
      ]),
    .executableTarget(name: "traplined", dependencies: ["TrapService", arguments, logging], swiftSettings: strict),
    .executableTarget(
      name: "trapline",
      dependencies: ["TrapAgent", "TrapLedger", "TrapHTTP", "TrapInventory", "TrapControl", "CTrapBlast", arguments],
      swiftSettings: strict),

    // Counted, not timed: what a trap costs in instructions (Benchmarks/engines).
    .executableTarget(
      name: "TrapBench",
      dependencies: [
        "SNMPWire", "TrapLedger", "TrapBatching", "TrapSecurity", "TrapClassification", "TrapDispatch", "TrapEngines",
        "TrapObservation",
      ],
      path: "Benchmarks/Instructions", swiftSettings: strict),

    // The agent alone over a table of many sources (Benchmarks/agent).
    .executableTarget(
      name: "AgentTables", dependencies: ["TrapAgent", "TrapObservation", "TrapLedger", "TrapBatching", logging],
      path: "Benchmarks/AgentTables", swiftSettings: strict),

    // Net-SNMP's reading of a message, beside which ours is held: a program of its own, as the library has global state.
    .executableTarget(
      name: "NetSNMPOracle", path: "Tests/Oracle", linkerSettings: [.linkedLibrary("netsnmp")]),

    // Both readers beside each other. The oracle is a program that the tests start, not code of theirs.
    .testTarget(
      name: "DifferentialTests", dependencies: ["SNMPWire", "TrapSecurity", "NetSNMPOracle"], swiftSettings: strict),

    tests("SNMPWire", []),
    tests("TrapLedger", []),
    tests("TrapBatching", ["TrapLedger", deque]),
    tests("TrapSecurity", ["SNMPWire", "TrapBatching"]),
    tests("TrapHTTP", [], exclude: ["Fixtures"]),
    tests("TrapInventory", ["TrapBatching", "SNMPWire", "TrapSecurity"]),
    tests("TrapControl", []),
    tests("TrapArrival", ["CTrapSystem", "SNMPWire", "TrapLedger", "TrapBatching", "TrapSecurity", deque]),
    tests("TrapClassification", ["SNMPWire", "TrapLedger", "TrapBatching", "TrapSecurity"]),
    tests("TrapDispatch", ["TrapLedger", "TrapBatching"]),
    tests("TrapObservation", ["TrapLedger", "TrapBatching"]),
    tests(
      "TrapEngines",
      [
        "TrapClassification", "TrapDispatch", "TrapSecurity", "TrapHTTP", "TrapInventory", "TrapControl", "TrapLedger",
        "TrapBatching", "SNMPWire", logging,
      ], exclude: ["Fixtures"]),
    tests("TrapAPI", ["TrapControl", logging]),
    tests("TrapAgent", ["TrapObservation", "TrapLedger", "TrapSecurity", "TrapControl", "TrapBatching", "SNMPWire"]),
    .testTarget(
      name: "TraplineTests", dependencies: ["trapline", "TrapControl", arguments], swiftSettings: strict),
    tests(
      "TrapService",
      [
        "SNMPWire", "TrapLedger", "TrapBatching", "TrapControl", "TrapObservation", "TrapDispatch", "TrapEngines",
        "CTrapSystem", "TrapSecurity",
      ]),
  ]
)

// The path of a trap alone, without the adapters and what they depend on: builds in a minute. Tests/Mutants/run uses it.
if Context.environment["TRAPLINE_STAGES_ONLY"] != nil {
  let stages = [
    "SNMPWire", "TrapLedger", "TrapBatching", "TrapSecurity", "TrapArrival", "TrapClassification", "TrapDispatch",
    "TrapObservation",
  ]
  let kept = Set(stages + stages.map { "\($0)Tests" } + ["CTrapSystem", "CCrypto"])
  package.targets.removeAll { !kept.contains($0.name) }
  package.dependencies.removeAll { !"\($0.kind)".contains("swift-collections") }
  package.products = []
}
