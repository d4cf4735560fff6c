internal import FoundationEssentials

/// Where the tests find PostgreSQL; without it, what needs a database is skipped.
package enum TestDatabase {
    /// Why tests were skipped.
    package static let absent = "YUNCANG_TEST_OWNER_URL and YUNCANG_TEST_SERVICE_URL are not set"

    /// Whether there is one.
    package static var isGiven: Bool { ownerURL != nil && serviceURL != nil }

    /// For the role that owns schemas and tables.
    package static let ownerURL = ProcessInfo.processInfo.environment["YUNCANG_TEST_OWNER_URL"]
    /// For the role that serves.
    package static let serviceURL = ProcessInfo.processInfo.environment["YUNCANG_TEST_SERVICE_URL"]

    /// Somebody asked for a database where none was given.
    package struct NotGiven: Error {}

    static func url(_ url: String?) throws -> String {
        guard let url else { throw NotGiven() }
        return url
    }
}
