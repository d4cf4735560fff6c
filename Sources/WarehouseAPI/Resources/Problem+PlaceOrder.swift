internal import CloudWarehouse
internal import HTTPTypes

extension Problem {
    /// Why an order was not placed; `lines` tell which field it is about.
    init(_ error: OrderError, lines: [PlaceOrder.Line]) {
        switch error {
        case .refused(let refusal): self.init(refusal, lines: lines)
        case .recipientsNotConfigured:
            self.init(
                .recipientsNotConfigured,
                "This service has no keys to encrypt recipients: send the order without one, or have keys configured.",
                at: "/recipient")
        case .busy(let seconds):
            self.init(.busy, "Too many orders are waiting; send it again.", fields: [(.retryAfter, String(seconds))])
        case .closing: self.init(.unavailable, "The service is shutting down.", fields: [(.retryAfter, "1")])
        case .outcomeUnknown:
            self.init(
                .outcomeUnknown, "Whether the order is placed is not known: send it again under the same reference.",
                fields: [(.retryAfter, "1")])
        case .database(let cause): self.init(database: cause)
        }
    }

    private init(_ refusal: OrderRefusal, lines: [PlaceOrder.Line]) {
        func pointer(_ sku: SKUCode) -> String {
            "/lines/\(lines.firstIndex { $0.sku == sku } ?? 0)/sku"
        }
        switch refusal {
        case .unknownSKU(let sku): self.init(.unknownSKU, refusal.description, at: pointer(sku))
        case .noPrice(let sku): self.init(.noPrice, refusal.description, at: pointer(sku))
        case .soldOut(let sku, _): self.init(.soldOut, refusal.description, at: pointer(sku))
        case .amountTooLarge: self.init(.amountTooLarge, refusal.description, at: "/lines")
        case .otherOrderUnderReference: self.init(.referenceConflict, refusal.description, at: "/reference")
        }
    }
}
