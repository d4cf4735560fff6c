/// What the documents say of a route beside what it declares: what to know, in both languages, and an example that works in
/// the demo base.
struct RouteGuide: Sendable {
    /// The route's summary.
    let chinese: String
    /// What to know before using it.
    var notes: PageText?
    /// What the parameters of the path are in the example. `$ORDER` stands for the id of the order placed before.
    var path: [String: String] = [:]
    /// The example's query.
    var query: [(name: String, value: String)] = []
    /// The example's body.
    var body: String?
    /// The answer to the example, or one like it; nil where it is no JSON.
    var answer: String?

    /// Of every operation. A route without a guide is documented by what it declares alone; a test says so.
    static let all: [String: RouteGuide] = [places, goods, orders, feeds, documents].reduce(into: [:]) { all, some in
        all.merge(some) { _, _ in preconditionFailure("an operation has two guides") }
    }

    /// An id such as the server makes them.
    static let sampleID = "019ab0c6-3a5e-7b21-9d02-6f1c8e4a7d35"
}
