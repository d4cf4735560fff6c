internal import CloudWarehouse
internal import HTTPServer

/// The query of a list: its filters, and which page of it is wanted.
struct ListQuery: Sendable {
    private let values: [String: String]

    /// Takes the query, which may have `after`, `limit` and the parameters of `filters`, each once; CSV is the whole list,
    /// and has no pages to ask for.
    init(_ request: RoutedRequest, filters: Set<String> = []) throws(Problem) {
        values = try request.query(request.format == .csv ? filters : filters.union(["after", "limit"]))
    }

    /// A parameter's value; nil where it is not given.
    ///
    /// - Throws: 400 with the rule where `read` gives nothing.
    func value<Value>(_ name: String, _ rule: String, _ read: (String) -> Value?) throws(Problem) -> Value? {
        guard let text = values[name] else { return nil }
        guard let value = read(text) else {
            throw Problem(.invalidParameter, "\(name) must be \(rule).", at: name)
        }
        return value
    }

    /// A parameter that is a code.
    func code<Entity>(_ name: String, of entity: Entity.Type = Entity.self) throws(Problem) -> Code<Entity>? {
        try value(name, "a code of 1 to 64 printable ASCII characters") { Code(rawValue: $0) }
    }

    /// Where the page before ended.
    func after<Value>(_ read: (String) -> Value?) throws(Problem) -> Value? {
        try value("after", "the next of the page before, as it was given", read)
    }

    /// How many elements the page has at most.
    func limit(usual: Int32 = 100, most: Int32 = 500) throws(Problem) -> Int32 {
        try value("limit", "a whole number from 1 to \(most)") { text in
            text.utf8.first == UInt8(ascii: "+") ? nil : Int32(text).flatMap { (1...most).contains($0) ? $0 : nil }
        } ?? usual
    }
}
