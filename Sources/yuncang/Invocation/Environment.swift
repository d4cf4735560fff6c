internal import Glibc

/// The environment variables, as a value that tests can make up.
struct Environment: Sendable {
    private let lookUp: @Sendable (String) -> String?

    /// The process's own.
    static let process = Environment { name in getenv(name).map { String(cString: $0) } }

    /// Made up of these.
    init(_ values: [String: String]) {
        self.init { values[$0] }
    }

    private init(lookUp: @escaping @Sendable (String) -> String?) {
        self.lookUp = lookUp
    }

    /// The variable's value; nil when it is not set.
    subscript(name: String) -> String? { lookUp(name) }
}
