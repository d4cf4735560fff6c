internal import CloudWarehouse
internal import Postgres

extension Problem {
    /// Runs `body`; its failure is told.
    static func fulfilling<Value>(
        _ body: () async throws(FulfilmentError) -> Value
    ) async throws(Problem) -> Value {
        do throws(FulfilmentError) { return try await body() } catch { throw Problem(error) }
    }

    /// Why goods did not go on their way.
    init(_ error: FulfilmentError) {
        switch error {
        case .outOfRange(let bound, let most):
            self.init(.invalidBody, "\(bound.rawValue) must be from 1 to \(most).", at: "/\(bound.rawValue)")
        case .dayIsOver(let day, let today):
            self = .dayIsOver(day, today: today, at: "/terms/ship_on")
        case .unknownWarehouse(let code):
            self.init(.unknownWarehouse, "There is no warehouse \(code).", at: "/warehouse")
        case .unknownLocation(let warehouse, let code):
            self.init(.unknownLocation, "The warehouse \(warehouse) has no location \(code).")
        case .closedLocation(_, let code): self.init(.closed, "The location \(code) is closed: nothing is put there.")
        case .packingLocations(let warehouse, let count):
            self.init(
                .unknownLocation, "The warehouse \(warehouse) has so many packing locations: \(count). Say which.",
                at: "/terms/packing")
        case .notForPacking(let code):
            self.init(.unknownLocation, "The location \(code) is not for packing.", at: "/terms/packing")
        case .notForStorage(let code):
            self.init(.unknownLocation, "The location \(code) is not for storage.", at: "/location")
        case .unknownSKU(let code): self.init(.unknownSKU, "There is no SKU \(code).")
        case .waveStays(let refusal): self.init(refusal)
        case .parcelStays(let refusal): self.init(.wrongState, Self.sentence(refusal.description))
        case .notPicked(let refusal): self.init(refusal)
        case .otherCarrier(let code, let carrier):
            self.init(
                .referenceConflict,
                "The manifest \(code) is of \(carrier?.rawValue ?? "the base's own cars").", at: "/carrier")
        case .unknownManifest: self.init(.notFound, "There is no such manifest.")
        case .database(let cause): self.init(database: cause)
        }
    }

    /// A wave was to leave on a day that is over, which stands there in the body.
    static func dayIsOver(_ day: CalendarDate, today: CalendarDate, at pointer: String) -> Problem {
        Problem(.invalidBody, "\(day) is over: ship_on must be \(today) or later.", at: pointer)
    }

    private init(_ refusal: WaveRefusal) {
        let detail = Self.sentence(refusal.description)
        switch refusal {
        case .unknown: self.init(.notFound, detail)
        case .otherUnderCode: self.init(.referenceConflict, detail, at: "/code")
        case .noOrders, .notReleased, .alreadyReleased, .closed, .cancelled, .hasParcels, .tooManyParcels:
            self.init(.wrongState, detail)
        }
    }

    private init(_ refusal: PickRefusal) {
        let detail = Self.sentence(refusal.description)
        switch refusal {
        case .nothingToPick, .moreThanAsked: self.init(.notThere, detail)
        case .lotNotSellable: self.init(.wrongState, detail)
        case .otherUnderReference: self.init(.referenceConflict, detail, at: "/reference")
        }
    }

    private static func sentence(_ text: String) -> String {
        "\(text.prefix(1).uppercased())\(text.dropFirst())."
    }
}
