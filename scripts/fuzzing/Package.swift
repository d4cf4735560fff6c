// swift-tools-version: 6.2
import PackageDescription

/// What `scripts/fuzz` builds: the parser and the JSON reader, instrumented, each under a libFuzzer of its own.
///
/// A package apart, since its build needs flags that would bar others from depending on the product. The sources of the
/// product and the promises held against them, which the tests share, are links.
let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "fuzzing",
    products: [
        .library(name: "RequestFuzzer", type: .static, targets: ["RequestFuzzer"]),
        .library(name: "JSONFuzzer", type: .static, targets: ["JSONFuzzer"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(name: "CEventLoop"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "EventLoop", dependencies: ["CEventLoop", heap], swiftSettings: swiftSettings),
        .target(
            name: "HTTPServer", dependencies: ["CEventLoop", "CZlib", "EventLoop", httpTypes, logging],
            swiftSettings: swiftSettings),
        .target(name: "JSON", swiftSettings: swiftSettings),
        .target(
            name: "RequestFuzzer", dependencies: ["EventLoop", "HTTPServer", httpTypes], swiftSettings: swiftSettings),
        .target(name: "JSONFuzzer", dependencies: ["JSON"], swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
