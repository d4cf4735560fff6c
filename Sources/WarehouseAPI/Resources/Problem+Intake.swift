internal import CloudWarehouse
internal import HTTPTypes

extension Problem {
    /// Why an order was not placed or changed.
    ///
    /// - Parameters:
    ///   - lines: The SKUs of the body's lines, to tell which field it is about.
    ///   - positions: The orders' lines that the body's lines name.
    init(_ error: IntakeError, lines: [SKUCode] = [], positions: [Int16] = []) {
        switch error {
        case .refused(let refusal): self.init(refusal, lines: lines, positions: positions)
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
                .outcomeUnknown,
                "Whether it took effect is not known: send the same again, under the same reference; nothing is done twice.",
                fields: [(.retryAfter, "1")])
        case .database(let cause): self.init(database: cause)
        }
    }

    private init(_ refusal: OrderRefusal, lines: [SKUCode], positions: [Int16]) {
        /// The line that names the SKU; one that has it in a set may not.
        func pointer(_ sku: SKUCode) -> String {
            lines.firstIndex(of: sku).map { "/lines/\($0)/sku" } ?? "/lines"
        }
        func pointer(_ position: Int16) -> String {
            positions.firstIndex(of: position).map { "/lines/\($0)" } ?? "/lines"
        }
        let text = "\(refusal)"
        switch refusal {
        case .unknownSKU(let sku): self.init(.unknownSKU, text, at: pointer(sku))
        case .noPrice(let sku): self.init(.noPrice, text, at: pointer(sku))
        case .amountTooLarge: self.init(.amountTooLarge, text, at: "/lines")
        case .soldOut(let shortages):
            self.init(.soldOut, text)
            faults = shortages.prefix(Self.maximumFaults).map { shortage in
                FieldFault(
                    pointer: pointer(shortage.sku), code: Code.soldOut.rawValue, detail: shortage.description)
            }
        case .buyerNotNamed: self.init(.buyerRequired, text, at: "/terms/buyer")
        case .overBuyerLimit(let sku, _, _): self.init(.buyerLimit, text, at: pointer(sku))
        case .otherOrderUnderReference: self.init(.referenceConflict, text, at: "/reference")
        case .unknownOrder: self = .unknownOrder
        case .stays(let reason): self.init(reason)
        case .otherRevision: self.init(.revisionConflict, text, at: "/revision")
        case .damaged: self.init(.orderDamaged, text)
        case .unknownLine(let position): self.init(.unknownLine, text, at: "\(pointer(position))/line")
        case .moreThanOrdered(let position, _): self.init(.moreThanOrdered, text, at: "\(pointer(position))/quantity")
        case .nothingRemains: self.init(.nothingRemains, text, at: "/lines")
        case .tooManyLines: self.init(.tooManyLines, text, at: "/lines")
        }
    }

    private init(_ refusal: OrderChangeRefusal) {
        let code: Code =
            switch refusal {
            case .notCancellable, .sent, .notExpirable: .notCancellable
            case .notPayable: .notPayable
            case .notClaimable: .notClaimable
            case .notEditable: .notEditable
            }
        self.init(code, "\(refusal).")
    }
}
