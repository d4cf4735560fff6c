import JSON

/// An order as an order source sends it.
struct Order: Codable, Sendable {
    struct Line: Codable, Sendable {
        var sku: String
        var quantity: Int64
        var price: Int64
    }

    var reference: String
    var shop: String
    var note: String?
    var lines: [Line]

    static let json = JSONType.object(
        "Order",
        .required("reference", \.reference, .string(1...64)),
        .required("shop", \.shop, .string(1...64)),
        .optional("note", \.note, .string(0...200)),
        .required("lines", \.lines, .array(of: Line.json, count: 1...200)),
        make: Order.init(reference:shop:note:lines:))

    static let sample = Order(
        reference: "TB-20231123-000017", shop: "jintianyuan", note: "放门口",
        lines: (1...5).map { Line(sku: "10290000511516\($0)", quantity: Int64($0 * 500), price: Int64(1290 + $0)) })
}

extension Order.Line {
    static let json = JSONType.object(
        "OrderLine",
        .required("sku", \.sku, .string(1...40)),
        .required("quantity", \.quantity, .integer(1...1_000_000)),
        .required("price", \.price, .integer(0...100_000_000)),
        make: Order.Line.init(sku:quantity:price:))
}

/// What the service answers to it.
struct Answer: Codable, Sendable {
    struct Line: Codable, Sendable {
        var sku: String
        var claimed: Int64
        var amount: Int64
    }

    var id: String
    var reference: String
    var state: String
    var total: Int64
    var lines: [Line]

    static let json = JSONType.object(
        "Answer",
        .required("id", \.id, .string(36...36)),
        .required("reference", \.reference, .string(1...64)),
        .required("state", \.state, .string(1...20)),
        .required("total", \.total, .integer(0...Int.max)),
        .required("lines", \.lines, .array(of: Line.json, count: 1...200)),
        make: Answer.init(id:reference:state:total:lines:))

    static let sample = Answer(
        id: "018bfb5e-7c6a-7000-8000-00000000002a", reference: "TB-20231123-000017", state: "held", total: 19_425,
        lines: (1...5).map { Line(sku: "10290000511516\($0)", claimed: Int64($0 * 500), amount: Int64(1290 + $0)) })
}

extension Answer.Line {
    static let json = JSONType.object(
        "AnswerLine",
        .required("sku", \.sku, .string(1...40)),
        .required("claimed", \.claimed, .integer(1...1_000_000)),
        .required("amount", \.amount, .integer(0...100_000_000)),
        make: Answer.Line.init(sku:claimed:amount:))
}
