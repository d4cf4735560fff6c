import JSON

/// A promise that an input has shown to be broken.
struct BrokenPromise: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What must hold whatever bytes come as JSON: checked on the corpus by the tests, and on inputs without number by
/// `scripts/fuzz`.
enum JSONTrial {
    /// Bounds so tight that short inputs reach all of them.
    private static let tight = JSONLimits(documentBytes: 200, depth: 4, tokens: 16, numberCharacters: 8, problems: 3)

    static func run(_ input: [UInt8]) throws(BrokenPromise) {
        for limits in [JSONLimits(), tight] {
            let tree = try reading(of: input, as: .any, limits: limits)
            if let tree { try checkDepth(of: tree, limits: limits) }
            let order = try reading(of: input, as: TestOrder.json, limits: limits)
            guard order == nil || tree != nil else { throw BrokenPromise("a declared type takes what is no JSON") }
        }
    }

    /// The value in `input`, having seen that its rendering reads back equal; nil, having seen that its refusal says
    /// where and why.
    private static func reading<Value: Equatable>(
        of input: [UInt8], as type: JSONType<Value>, limits: JSONLimits
    ) throws(BrokenPromise) -> Value? {
        let value: Value
        do throws(JSONRefusal) {
            value = try type.read(input, limits: limits)
        } catch {
            try check(error, of: input, limits: limits)
            return nil
        }
        let rendered = type.bytes(of: value)
        guard String(validating: rendered, as: UTF8.self) != nil else { throw BrokenPromise("rendered as no UTF-8") }
        // An escape may be longer than what it stands for, up to six times.
        var roomy = limits
        roomy.documentBytes = limits.documentBytes * 6 + 64
        guard let again = try? type.read(rendered, limits: roomy), again == value else {
            throw BrokenPromise("what was read is rendered as something else")
        }
        guard type.bytes(of: again) == rendered else { throw BrokenPromise("the same value is rendered in two ways") }
        return value
    }

    private static func check(
        _ refusal: JSONRefusal, of input: [UInt8], limits: JSONLimits
    ) throws(BrokenPromise) {
        guard 1...limits.problems ~= refusal.problems.count else {
            throw BrokenPromise("a refusal with \(refusal.problems.count) problems")
        }
        for problem in refusal.problems {
            guard 0...input.count ~= problem.offset, !problem.message.isEmpty, !problem.description.isEmpty else {
                throw BrokenPromise("a problem outside of the document: \(problem)")
            }
        }
    }

    private static func checkDepth(of tree: JSONValue, limits: JSONLimits) throws(BrokenPromise) {
        var (layer, depth) = ([tree], 0)
        while !layer.isEmpty {
            let containers = layer.count { $0.isContainer }
            if containers > 0 { depth += 1 }
            layer = layer.flatMap(\.children)
        }
        guard depth <= limits.depth else { throw BrokenPromise("a tree \(depth) deep") }
    }
}

extension JSONValue {
    fileprivate var isContainer: Bool {
        switch self {
        case .array, .object: true
        case .null, .boolean, .integer, .number, .string: false
        }
    }

    fileprivate var children: [JSONValue] {
        switch self {
        case .array(let elements): elements
        case .object(let members): members.map(\.value)
        case .null, .boolean, .integer, .number, .string: []
        }
    }
}
