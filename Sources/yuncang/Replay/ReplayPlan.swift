internal import CloudWarehouse
internal import JSON
internal import Postgres

/// A till's record of sales as orders: what has to be there, what is asked, and what must have come of it. Pure.
struct ReplayPlan: Sendable {
    /// One sale as an order over HTTP.
    struct Order: Sendable {
        let reference: OrderReference
        /// The request's content.
        let body: [UInt8]
        /// What the answer must say.
        let total: Fen
    }

    let source: OrderSource
    private(set) var orders: [Order] = []
    /// What all orders together sell, in the order of the codes.
    let sold: [SKUSales]

    /// The sales as orders of `source`; a sale's reference is its day and its line in the file.
    init(_ sales: [(line: Int, sale: Sale)], from source: OrderSource) throws(InvalidValue) {
        self.source = source
        var sold: [SKUCode: SKUSales] = [:]
        for (line, sale) in sales {
            let amount = try sale.price.amount(for: sale.quantity)
            guard let reference = OrderReference(rawValue: "\(sale.moment.day)-\(line)") else {
                throw .inLine(line, .reference)
            }
            orders.append(
                Order(reference: reference, body: Self.body(source, reference, sale), total: amount))
            var entry = sold[sale.code] ?? SKUSales(sku: sale.code, lines: 0, quantity: 0, amount: .zero)
            entry.lines += 1
            entry.quantity += sale.quantity.rawValue
            entry.amount = try entry.amount.adding(amount)
            sold[sale.code] = entry
        }
        self.sold = sold.values.sorted { $0.sku < $1.sku }
    }

    /// What has to be received for every order to be placed.
    func receipt(
        _ reference: ReceiptReference, of owner: OwnerCode, at warehouse: WarehouseCode, _ location: LocationCode
    ) throws(InvalidValue) -> Receipt {
        let lines = try sold.map { sales throws(InvalidValue) in
            Receipt.Line(sku: sales.sku, owner: owner, quantity: try Quantity(sales.quantity))
        }
        return try Receipt(reference: reference, warehouse: warehouse, location: location, lines: lines)
    }

    private static func body(_ source: OrderSource, _ reference: OrderReference, _ sale: Sale) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("source", source.rawValue)
        json.member("reference", reference.rawValue)
        json.key("lines")
        json.beginArray()
        json.beginObject()
        json.member("sku", sale.code.rawValue)
        json.member("quantity", sale.quantity.rawValue)
        json.key("price")
        json.beginObject()
        json.member("fen", sale.price.fen.rawValue)
        json.member("per", sale.price.per.rawValue)
        json.endObject()
        json.endObject()
        json.endArray()
        json.endObject()
        return json.bytes
    }
}
