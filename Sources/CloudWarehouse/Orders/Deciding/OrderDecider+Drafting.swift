import Postgres

extension OrderDecider {
    /// Positions are 16 bits: half of them are left for the parts of lines whose goods come from several pools.
    private static let lastDraftedPosition = 16_000
    /// Lines and parts of sets that an order is drafted with: what one order can make everybody else of its batch wait for.
    static let maximumDrafted = 2_000

    /// The lines of an order, each followed by its parts if it is a set, priced and still without goods.
    ///
    /// What cannot be sold at any time is said before what cannot be sold now.
    /// - Parameters:
    ///   - after: The last position that is taken.
    ///   - old: Lines whose prices go on for the same SKU, unless a line says another.
    func drafted(
        _ wanted: [PlaceOrder.Line], after last: Int16, keeping old: [StandingOrder.Line] = []
    ) throws(OrderRefusal) -> [StandingOrder.Line] {
        var lines: [StandingOrder.Line] = []
        lines.reserveCapacity(wanted.count)
        var position = Int(last)
        func next() throws(OrderRefusal) -> Int16 {
            position += 1
            guard position <= Self.lastDraftedPosition, lines.count < Self.maximumDrafted else { throw .tooManyLines }
            return Int16(position)
        }
        for line in wanted {
            guard let offer = snapshot.offers[line.sku] else { throw .unknownSKU(line.sku) }
            guard let price = line.price ?? old.first(where: { $0.sku == offer.sku })?.price ?? offer.price else {
                throw .noPrice(line.sku)
            }
            let header = try next()
            lines.append(
                StandingOrder.Line(
                    position: header, sku: offer.sku, quantity: line.quantity, price: price,
                    amount: try Self.amount(of: line.quantity, at: price), claim: .short, partOf: nil))
            for component in snapshot.components[offer.sku] ?? [] {
                let (product, overflow) = component.quantity.multipliedReportingOverflow(by: line.quantity.rawValue)
                guard !overflow, let quantity = Quantity(rawValue: product) else { throw .amountTooLarge }
                lines.append(.part(of: header, at: try next(), sku: component.sku, quantity: quantity))
            }
        }
        return lines
    }

    static func amount(of quantity: Quantity, at price: Price) throws(OrderRefusal) -> Fen {
        do throws(InvalidValue) { return try price.amount(for: quantity) } catch { throw .amountTooLarge }
    }
}

extension StandingOrder.Line {
    /// A part of a line: it has a pool of its own, and no price.
    static func part(of header: Int16, at position: Int16, sku: ID<SKU>, quantity: Quantity) -> Self {
        Self(
            position: position, sku: sku, quantity: quantity, price: .nothing, amount: .zero, claim: .short,
            partOf: header)
    }
}
