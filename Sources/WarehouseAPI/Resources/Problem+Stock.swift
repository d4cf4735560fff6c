internal import CloudWarehouse

extension Problem {
    /// Why the stock was not read or changed; `lines` tell which fields a delivery's refusal is about.
    init(_ error: StockError, lines: [Receipt.Line] = []) {
        switch error {
        case .unknownWarehouse, .unknownLocation, .unknownSKUs, .unknownOwners, .sets, .several:
            let missing = error.missing(in: lines)
            guard let first = missing.first else { preconditionFailure("something is missing, and nothing is named") }
            self.init(first.code, first.detail)
            faults = missing.prefix(1_000).map {
                FieldFault(pointer: $0.pointer, code: $0.code.rawValue, detail: $0.detail)
            }
        case .tooMuch(let lines):
            self.init(.quantityTooLarge, "That is more than the stock can count.")
            faults = lines.prefix(1_000).map { number in
                FieldFault(
                    pointer: "/lines/\(number - 1)/quantity", code: Code.quantityTooLarge.rawValue,
                    detail: "With this line there is more than the stock can count.")
            }
        case .expired(let lines, let today):
            self.init(
                .expired,
                "Goods have expired; today is \(today). Say accept_expired to take them in and set them aside.")
            faults = lines.prefix(1_000).map { line in
                FieldFault(
                    pointer: "/lines/\(line.number - 1)/expires_on", code: Code.expired.rawValue,
                    detail: "The last good day of \(line.sku) was \(line.expiredOn).")
            }
        case .unknownZone(let warehouse, let zone):
            self.init(.unknownZone, "The warehouse \(warehouse) has no zone \(zone).", at: "/zone")
        case .closedLocation(_, let code):
            self.init(.closed, "The location \(code) is closed: nothing is put there.", at: "/location")
        case .closedZone(_, let code):
            self.init(.closed, "The zone \(code) is closed: no location comes into it.", at: "/zone")
        case .locationInUse(_, let code, let lots):
            self.init(.notEmpty, "Goods stand at the location \(code), of so many lots: \(lots).", at: "/closed")
        case .zoneInUse(_, let code, let locations):
            self.init(.notEmpty, "Locations of the zone \(code) are open: \(locations).", at: "/closed")
        case .inboundStays(let refusal): self.init(refusal)
        case .loadingStays(let refusal): self.init(refusal)
        case .transferStays(let refusal): self.init(refusal)
        case .countStays(let refusal): self.init(refusal)
        case .notAdjusted(let refusal): self.init(refusal)
        case .codeTaken: self = .codeTaken
        case .otherDeliveryUnderReference:
            self.init(.referenceConflict, "Another delivery was received under this reference.", at: "/reference")
        case .database(let cause): self.init(database: cause)
        }
    }

    /// Why a delivery stays as it is.
    private init(_ refusal: InboundRefusal) {
        let detail = "\(refusal.description.prefix(1).uppercased())\(refusal.description.dropFirst())."
        switch refusal {
        case .unknown: self.init(.notFound, detail)
        case .otherUnderReference: self.init(.referenceConflict, detail, at: "/reference")
        case .foreignLot: self.init(.unknownLot, detail, at: "/lot")
        case .unknownCount: self.init(.notFound, detail, at: "/count")
        case .takenBack: self.init(.referenceConflict, detail, at: "/reference")
        case .sameLocation, .notThere, .corrected: self.init(.notThere, detail)
        case .tooManyPictures: self.init(.invalidBody, detail, at: "/count")
        case .full: self.init(.noRoom, detail, at: "/location")
        case .notForStorage: self.init(.unknownLocation, detail, at: "/location")
        case .expired: self.init(.expired, detail)
        case .tooManyCounts, .notArrived, .alreadyReceived, .notReceived, .notReleased, .alreadyStored, .cancelled,
            .hasGoods,
            .alreadyReleased, .otherWarehouse:
            self.init(.wrongState, detail)
        }
    }

    /// Why a loading stays as it is.
    private init(_ refusal: LoadingRefusal) {
        let detail = "\(refusal.description.prefix(1).uppercased())\(refusal.description.dropFirst())."
        switch refusal {
        case .unknown: self.init(.notFound, detail)
        case .saidOtherwise(let event): self.init(.referenceConflict, detail, at: "/\(event.rawValue)")
        case .unknownDelivery: self.init(.invalidBody, detail, at: "/plan/subject/reference")
        case .otherWarehouse: self.init(.invalidBody, detail, at: "/plan/warehouse")
        case .inFuture, .tooLongAgo: self.init(.invalidBody, detail)
        case .endsBeforeStart: self.init(.invalidBody, detail, at: "/finish/at")
        case .notStarted, .alreadyFinished, .cancelled: self.init(.wrongState, detail)
        }
    }

    /// Why a transfer stays as it is.
    private init(_ refusal: TransferRefusal) {
        let detail = "\(refusal.description.prefix(1).uppercased())\(refusal.description.dropFirst())."
        switch refusal {
        case .unknown: self.init(.notFound, detail)
        case .otherTransferUnderReference: self.init(.referenceConflict, detail)
        case .otherUnderReference: self.init(.referenceConflict, detail, at: "/reference")
        case .foreignLot: self.init(.unknownLot, detail, at: "/lot")
        case .beyondRequest: self.init(.beyondDocument, detail, at: "/quantity")
        case .beyondTransit: self.init(.beyondDocument, detail)
        case .notThere: self.init(.notThere, detail, at: "/quantity")
        case .promised: self.init(.promised, detail, at: "/quantity")
        case .tooMuch: self.init(.quantityTooLarge, detail)
        case .notReleased: self.init(.wrongState, detail, at: "/lot")
        case .otherArrivalExpected: self.init(.referenceConflict, detail, at: "/expected_at")
        case .otherStorageClass, .unsuitable, .notForStorage: self.init(.unsuitableLocation, detail, at: "/location")
        case .notApproved, .nothingPicked, .notLoaded, .notDeparted, .alreadyLoaded, .departed, .closed, .cancelled,
            .tooManyPicks, .isForPacking:
            self.init(.wrongState, detail)
        }
    }

    /// Why a count stays as it is.
    private init(_ refusal: StockCountRefusal) {
        let detail = "\(refusal.description.prefix(1).uppercased())\(refusal.description.dropFirst())."
        switch refusal {
        case .unknown: self.init(.notFound, detail)
        case .otherCountUnderReference: self.init(.referenceConflict, detail)
        case .otherUnderReference: self.init(.referenceConflict, detail, at: "/reference")
        case .outOfScope, .notInCount: self.init(.unknownLot, detail, at: "/lot")
        case .countedElsewhere: self.init(.wrongState, detail, at: "/lot")
        case .notCounted, .alreadyCounted, .posted, .cancelled, .tooManyLines, .tooManyLots, .uncounted, .needsRecount,
            .unexplained, .adjustedSince:
            self.init(.wrongState, detail)
        }
    }

    /// Why the stock was not corrected.
    private init(_ refusal: AdjustmentRefusal) {
        let detail = "\(refusal.description.prefix(1).uppercased())\(refusal.description.dropFirst())."
        switch refusal {
        case .unknownLot: self.init(.unknownLot, detail, at: "/lot")
        case .unknownMovement: self.init(.notFound, detail)
        case .notThere: self.init(.notThere, detail)
        case .tooMuch: self.init(.quantityTooLarge, detail)
        case .promised: self.init(.promised, detail)
        case .expired: self.init(.expired, detail, at: "/lot")
        case .notReversible: self.init(.notReversible, detail)
        case .otherUnderReference: self.init(.referenceConflict, detail, at: "/reference")
        }
    }

    /// Runs `body`; what it throws becomes a problem.
    static func asking<Value>(_ body: () async throws(StockError) -> Value) async throws(Problem) -> Value {
        do throws(StockError) { return try await body() } catch { throw Problem(error) }
    }
}

extension StockError {
    /// Everything that a delivery names and there is not, or that is a set, field by field.
    fileprivate func missing(
        in lines: [Receipt.Line]
    ) -> [(pointer: String, code: Problem.Code, detail: String)] {
        switch self {
        case .unknownWarehouse(let code):
            return [("/warehouse", .unknownWarehouse, "There is no warehouse \(code).")]
        case .unknownLocation(let warehouse, let code):
            return [("/location", .unknownLocation, "The warehouse \(warehouse) has no location \(code).")]
        case .unknownSKUs(let codes):
            let missing = Set(codes)
            return lines.enumerated().filter { missing.contains($0.element.sku) }.map {
                ("/lines/\($0.offset)/sku", .unknownSKU, "There is no SKU \($0.element.sku).")
            }
        case .unknownOwners(let codes):
            let missing = Set(codes)
            return lines.enumerated().filter { missing.contains($0.element.owner) }.map {
                ("/lines/\($0.offset)/owner", .unknownOwner, "There is no owner \($0.element.owner).")
            }
        case .sets(let codes):
            let sets = Set(codes)
            return lines.enumerated().filter { sets.contains($0.element.sku) }.map {
                ("/lines/\($0.offset)/sku", .giftSet, "\($0.element.sku) is a set: receive what it is made of.")
            }
        case .several(let errors): return errors.flatMap { $0.missing(in: lines) }
        default: return []
        }
    }
}
