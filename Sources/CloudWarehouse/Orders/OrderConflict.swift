import Postgres

/// In what an order differs from the one that was placed under its reference before.
public enum OrderConflict: Hashable, Sendable {
    /// It has so many lines, and the other had so many.
    case lineCount(Int, was: Int)
    /// The line of this index, from 0, is of another SKU.
    case sku(line: Int, was: SKUCode)
    /// The line of this index is of another quantity.
    case quantity(line: Int, was: Quantity)
    /// The line of this index has another price.
    case price(line: Int, was: Price)
    /// It says something else of who pays when, or of its terms, or a price that the other left to the list.
    case terms
    /// The other was edited since, so that its lines are no more what they were.
    case edited
}

extension PlaceOrder {
    /// In what it differs from an order that stands, as far as that can be told from it.
    public func conflicts(with order: OrderDetails) -> [OrderConflict] {
        let bought = order.lines.filter { $0.partOf == nil }
        guard order.summary.revision == 0 else { return [.edited] }
        guard bought.count == lines.count else { return [.lineCount(lines.count, was: bought.count)] }
        var found: [OrderConflict] = []
        for (index, (line, old)) in zip(lines, bought).enumerated() {
            if line.sku != old.sku {
                found.append(.sku(line: index, was: old.sku))
                continue
            }
            if line.quantity != old.quantity { found.append(.quantity(line: index, was: old.quantity)) }
            if let price = line.price, price != old.price { found.append(.price(line: index, was: old.price)) }
        }
        return found.isEmpty ? [.terms] : found
    }
}

extension OrderConflict: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .lineCount(let count, let was): "it has \(count) lines, and the order that was placed has \(was)"
        case .sku(let line, let was): "line \(line + 1) was of \(was)"
        case .quantity(let line, let was): "line \(line + 1) was of \(was)"
        case .price(let line, let was): "line \(line + 1) was at \(was.fen) fen for \(was.per)"
        case .terms: "the lines are the same; who pays when, the terms or the use of list prices differ"
        case .edited: "the order that was placed has been edited since"
        }
    }

    /// The field of a body that it is about, as a JSON Pointer.
    public var pointer: String {
        switch self {
        case .lineCount: "/lines"
        case .sku(let line, _): "/lines/\(line)/sku"
        case .quantity(let line, _): "/lines/\(line)/quantity"
        case .price(let line, _): "/lines/\(line)/price"
        case .terms, .edited: "/reference"
        }
    }
}
