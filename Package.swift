// swift-tools-version: 6.2
import PackageDescription

/// The same for every target; CI adds warnings as errors.
let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let collections = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "yuncang",
    products: [
        .executable(name: "yuncang", targets: ["yuncang"]),
        .library(name: "CloudWarehouse", targets: ["CloudWarehouse"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    ],
    targets: [
        // The ground floor: what the product stands on and knows nothing of.
        .target(name: "CEventLoop"),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "EventLoop", dependencies: ["CEventLoop", heap], swiftSettings: swiftSettings),
        .target(
            name: "Postgres", dependencies: ["CPostgres", "EventLoop", collections, logging],
            swiftSettings: swiftSettings),
        .target(
            name: "HTTPServer", dependencies: ["CEventLoop", "CZlib", "EventLoop", httpTypes, logging],
            swiftSettings: swiftSettings),
        .target(name: "JSON", swiftSettings: swiftSettings),
        .target(name: "Prometheus", dependencies: ["EventLoop", metrics], swiftSettings: swiftSettings),
        .target(name: "QRCode", swiftSettings: swiftSettings),
        .target(name: "Spreadsheet", dependencies: ["CExpat", "CZlib"], swiftSettings: swiftSettings),
        .target(
            name: "Schema", path: "sql", resources: [.embedInCode("installation"), .embedInCode("base")],
            swiftSettings: swiftSettings),

        // The product, and its doors.
        .target(
            name: "CloudWarehouse",
            dependencies: ["EventLoop", "Postgres", "Schema", "Spreadsheet", crypto, logging, metrics],
            swiftSettings: swiftSettings),
        .target(
            name: "WarehouseAPI",
            dependencies: [
                "CloudWarehouse", "EventLoop", "HTTPServer", "JSON", "Postgres", "Prometheus", "QRCode", httpTypes,
                logging,
            ],
            resources: [.embedInCode("Assets")], swiftSettings: swiftSettings),
        .executableTarget(
            name: "yuncang",
            dependencies: [
                "CloudWarehouse", "EventLoop", "HTTPServer", "JSON", "Postgres", "Prometheus", "QRCode", "Schema",
                "Spreadsheet", "WarehouseAPI", argumentParser, httpTypes, logging, metrics,
            ], swiftSettings: swiftSettings),

        // What `scripts/bench` runs.
        .executableTarget(
            name: "HTTPBenchmark", dependencies: ["EventLoop", "HTTPServer", httpTypes, logging],
            path: "scripts/benchmarks/HTTPBenchmark", swiftSettings: swiftSettings),
        .executableTarget(
            name: "PostgresBenchmark", dependencies: ["EventLoop", "Postgres"],
            path: "scripts/benchmarks/PostgresBenchmark", swiftSettings: swiftSettings),
        .executableTarget(
            name: "LoopBenchmark", dependencies: ["EventLoop"], path: "scripts/benchmarks/LoopBenchmark",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "JSONBenchmark", dependencies: ["JSON"], path: "scripts/benchmarks/JSONBenchmark",
            swiftSettings: swiftSettings),

        // A base of its own for each test that wants one.
        .target(
            name: "WarehouseTesting", dependencies: ["CloudWarehouse", "EventLoop", "Postgres", "Schema", logging],
            path: "Tests/WarehouseTesting", swiftSettings: swiftSettings),

        // A PostgreSQL of its own for each test that breaks one.
        .target(
            name: "PostgresTesting", dependencies: ["EventLoop"], path: "Tests/PostgresTesting",
            swiftSettings: swiftSettings),

        .testTarget(name: "EventLoopTests", dependencies: ["EventLoop"], swiftSettings: swiftSettings),
        .testTarget(
            name: "PostgresTests", dependencies: ["EventLoop", "Postgres", "PostgresTesting", logging],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "HTTPServerTests",
            dependencies: ["CEventLoop", "CZlib", "EventLoop", "HTTPServer", httpTypes, logging],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "PrometheusTests", dependencies: ["Prometheus", metrics], swiftSettings: swiftSettings),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: swiftSettings),
        .testTarget(name: "QRCodeTests", dependencies: ["QRCode"], swiftSettings: swiftSettings),
        .testTarget(
            name: "SpreadsheetTests", dependencies: ["CZlib", "Spreadsheet"], swiftSettings: swiftSettings),
        .testTarget(
            name: "ImportTests", dependencies: ["CloudWarehouse", "Postgres", "Spreadsheet"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "CloudWarehouseTests",
            dependencies: [
                "CloudWarehouse", "EventLoop", "Postgres", "PostgresTesting", "Schema", "WarehouseTesting", logging,
                metrics,
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "WarehouseAPITests",
            dependencies: [
                "CloudWarehouse", "EventLoop", "HTTPServer", "JSON", "Postgres", "PostgresTesting", "WarehouseAPI",
                "WarehouseTesting", httpTypes, logging,
            ], swiftSettings: swiftSettings),
        .testTarget(
            name: "YuncangCommandTests",
            dependencies: [
                "CloudWarehouse", "EventLoop", "HTTPServer", "JSON", "Postgres", "PostgresTesting", "Schema",
                "Spreadsheet", "WarehouseAPI", "WarehouseTesting", "yuncang", argumentParser, httpTypes, logging,
            ], swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
