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
    /// It says something else in a field of its terms than the other says by now.
    case term(OrderTerms.Field)
    /// All that can be compared is the same: it says something else of who pays when, or a price that the other left to the list.
    case payment(PlaceOrder.Payment)
    /// The other cannot be read, so that only its fingerprint tells that it differs.
    case unknown
    /// The other was edited since, so that its lines are no more what they were.
    case edited
}

extension OrderTerms {
    /// One of the fields, as a body names it.
    public enum Field: String, CaseIterable, Sendable {
        case shop, buyer
        case shipBy = "ship_by"
        case shipNotBefore = "ship_not_before"
        case buyerNote = "buyer_note"
        case sellerNote = "seller_note"
    }

    /// The fields that say something else than those of other terms.
    func fields(unlike other: OrderTerms) -> [Field] {
        Field.allCases.filter { field in
            switch field {
            case .shop: shop != other.shop
            case .buyer: buyer != other.buyer
            case .shipBy: shipBy != other.shipBy
            case .shipNotBefore: shipNotBefore != other.shipNotBefore
            case .buyerNote: buyerNote != other.buyerNote
            case .sellerNote: sellerNote != other.sellerNote
            }
        }
    }
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
        found += terms.fields(unlike: order.terms).map(OrderConflict.term)
        return found.isEmpty ? [.payment(payment)] : found
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
        case .term(let field): "\(field.rawValue) is not what the order that was placed says"
        case .payment: "the lines and the terms are the same; who pays when, or the use of list prices, differs"
        case .unknown: "the order that was placed is another"
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
        case .term(let field): "/terms/\(field.rawValue)"
        case .payment(.paidElsewhere): "/sold_elsewhere"
        case .payment: "/hold_seconds"
        case .unknown, .edited: "/reference"
        }
    }
}
