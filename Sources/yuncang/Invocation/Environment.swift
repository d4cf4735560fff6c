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

    /// The same, with the profile's variables where this one says nothing.
    func filled(from profile: Profile) -> Environment {
        Environment { [lookUp] name in
            let value = lookUp(name) ?? ""
            return value.isEmpty ? profile.variables[name] ?? lookUp(name) : value
        }
    }

    /// The variable's value; nil when it is not set.
    subscript(name: String) -> String? { lookUp(name) }
}
