internal import HTTPServer

/// The parameters of a query, every one of which is declared and keeps its rule.
struct Query: Sendable {
    private let values: [String: String]

    fileprivate init(_ values: [String: String]) { self.values = values }

    /// A parameter's value; nil where it is not given.
    subscript<Value>(parameter: QueryParameter<Value>) -> Value? {
        values[parameter.declaration.name].flatMap(parameter.value(of:))
    }
}

extension RoutedRequest {
    /// The query, which may have these parameters, each once; none, unless they are named. CSV is the whole list, and has no
    /// pages to ask for.
    ///
    /// - Throws: 400 with everything that is wrong with it.
    @discardableResult
    func query(_ declared: [RouteParameter] = []) throws(Problem) -> Query {
        let items: [(name: String, value: String)]
        do throws(Refusal) { items = try request.queryItems() } catch {
            throw Problem(.malformedRequest, error.explanation)
        }
        if items.isEmpty { return Query([:]) }
        let isWhole = format == .csv
        let parameters = declared.filter { $0.place == .query && !(isWhole && Self.pageNames.contains($0.name)) }
        var (found, wrong): ([String: String], [Problem.FieldFault]) = ([:], [])
        for (name, value) in items {
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                wrong.append(.unknown(name, among: parameters))
                continue
            }
            guard found.updateValue(value, forKey: name) == nil else {
                wrong.append(.parameter(name, "\(name) is given twice."))
                continue
            }
            if let rule = parameter.fault(value) { wrong.append(.parameter(name, "\(name) \(rule).")) }
        }
        guard let first = wrong.first else { return Query(found) }
        var problem = Problem(.invalidParameter, first.detail)
        problem.faults = Array(wrong.prefix(Problem.maximumFaults))
        throw problem
    }

    private static var pageNames: [String] { ["after", "limit"] }
}

extension Problem.FieldFault {
    fileprivate static func parameter(_ name: String, _ detail: String) -> Self {
        Problem.FieldFault(parameter: name, code: Problem.Code.invalidParameter.rawValue, detail: detail)
    }

    fileprivate static func unknown(_ name: String, among parameters: [RouteParameter]) -> Self {
        let known = parameters.isEmpty ? "none" : parameters.map(\.name).joined(separator: ", ")
        // A name of the client's own may be of any length.
        let shown =
            name.unicodeScalars.count > 64
            ? String(String.UnicodeScalarView(name.unicodeScalars.prefix(64))) + "…" : name
        return .parameter(shown, "\(shown) is not a parameter here; there are: \(known).")
    }
}
