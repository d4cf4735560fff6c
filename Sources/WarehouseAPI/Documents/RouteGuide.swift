/// What the documents say of a route beside what it declares: what to know, in both languages, and an example that works in
/// the demo base.
struct RouteGuide: Sendable {
    /// The route's summary.
    let chinese: String
    /// What to know before using it.
    var notes: PageText?
    /// What the parameters of the path are in the example; a variable stands for what a command before has kept.
    var path: [String: String] = [:]
    /// The example's query.
    var query: [(name: String, value: String)] = []
    /// The example's body, in which variables stand too.
    var body: String?
    /// The answer to the example, or one like it; nil where it is no JSON.
    var answer: String?
    /// A variable of the shell in which the example's command keeps a member of its answer, for the commands after it.
    var keeps: (variable: String, member: String)?

    /// Of every operation. A route without a guide is documented by what it declares alone; a test says so.
    static let all: [String: RouteGuide] = [
        places, goods, loading, transfers, counts, orders, fulfilment, feeds, documents,
    ].reduce(into: [:]) { all, some in
        all.merge(some) { _, _ in preconditionFailure("an operation has two guides") }
    }

    /// A text of an example with ids in place of its variables.
    static func filled(_ text: String, with ids: (String) -> String = { _ in sampleID }) -> String {
        variables.reduce(text) { $0.replacing("$\($1)", with: ids($1)) }
    }

    /// The variables of all guides.
    static let variables = all.values.compactMap(\.keeps?.variable)

    /// An id such as the server makes them.
    static let sampleID = "019ab0c6-3a5e-7b21-9d02-6f1c8e4a7d35"

    /// A picture of one point, and by what it is known.
    static let samplePicture = """
        iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk\
        +M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
        """
    static let sampleDigest = "6b7fa434f92a8b80aab02d9bf1a12e49ffcae424e4013a1c4f68b67e3d2bbcd0"
}
