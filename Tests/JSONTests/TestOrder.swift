import JSON
import Synchronization

/// A body with every kind of member.
struct TestOrder: Equatable, Sendable {
    struct Line: Equatable, Sendable {
        var sku: String
        var quantity: Int64
        var note: String?
    }

    enum Kind: String, CaseIterable, Sendable {
        case normal, presale
    }

    var reference: String
    var shop: String?
    var kind: Kind
    var priority: Int
    var gift: Bool
    var lines: [Line]

    static let json = JSONType.object(
        "Order", about: "An order to place.",
        .required("reference", \.reference, .string(1...64), about: "The source's own number."),
        .optional("shop", \.shop, .string(1...64)),
        .required("kind", \.kind, .choice(of: Kind.self)),
        .defaulted("priority", \.priority, .integer(1...9), to: 5),
        .required("gift", \.gift, .boolean),
        .required("lines", \.lines, .array(of: Line.json, count: 1...200)),
        make: TestOrder.init(reference:shop:kind:priority:gift:lines:))
}

extension TestOrder.Line {
    static let json = JSONType.object(
        "OrderLine", readOnly: ["id"],
        .required("sku", \.sku, .string(1...40)),
        .required("quantity", \.quantity, .integer(1...100_000)),
        .optional("note", \.note, .string(0...200)),
        make: TestOrder.Line.init(sku:quantity:note:))
}

/// Counts objects, to see that each made is let go of.
final class Tally: Sendable {
    private let counts = Mutex((made: 0, alive: 0))

    var made: Int { counts.withLock { $0.made } }
    var alive: Int { counts.withLock { $0.alive } }

    func add() { counts.withLock { $0 = ($0.made + 1, $0.alive + 1) } }
    func remove() { counts.withLock { $0.alive -= 1 } }
}

final class Counted: Sendable {
    private let tally: Tally

    init(_ tally: Tally) {
        self.tally = tally
        tally.add()
    }

    deinit {
        tally.remove()
    }
}

struct TestPair: Sendable {
    var one: Counted
    var two: Counted
    var number: Int64
}
