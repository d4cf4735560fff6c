public import Postgres

/// What one person loaded and unloaded on a day.
public struct LoadingPerson: Hashable, Sendable {
    /// Who it is.
    public let worker: LoadingWorker
    /// How many loadings they had a part in.
    public let loadings: Int64
    /// How many whole minutes those took, together.
    public let minutes: Int64
    /// Their share of the pieces.
    public let pieces: Int64
    /// Their share of the weight.
    public let grams: Int64

    /// Where sums end: what a thousand loadings may have moved.
    public static let greatest: Int64 = 1_000_000_000_000_000_000

    /// A person with these fields.
    public init(worker: LoadingWorker, loadings: Int64, minutes: Int64, pieces: Int64, grams: Int64) {
        self.worker = worker
        self.loadings = loadings
        self.minutes = minutes
        self.pieces = pieces
        self.grams = grams
    }
}

/// One person's part in one loading.
public struct LoadingPart: Hashable, Sendable {
    /// Where the list goes on: after this part.
    public struct Position: Hashable, Sendable {
        let loading: ID<Loading>
        let number: Int16
    }

    /// The loading.
    public let loading: LoadingSummary
    /// Who it is.
    public let worker: LoadingWorker
    /// Their share of the pieces; nil where only the weight is known.
    public let pieces: Quantity?
    /// Their share of the weight; nil where only the pieces are known.
    public let grams: Quantity?
    let position: Position
}

/// A page of the parts of a day, by loading and person.
public struct LoadingParts: Hashable, Sendable {
    /// Those that the page has.
    public let parts: [LoadingPart]
    /// Where the next page begins; nil for the last one.
    public let next: LoadingPart.Position?
}

/// What was loaded and unloaded on a day of the base: what ended on it, whenever it began.
public struct LoadingDay: Hashable, Sendable {
    /// Which day.
    public let day: CalendarDate
    /// What ended on it, in the order in which it was planned; at most ``Stock/maximumLoadings``.
    public let loadings: [LoadingSummary]
    /// Who had a part in it, by name; at most ``Stock/maximumPeople``.
    public let people: [LoadingPerson]

    /// A day with these fields.
    public init(day: CalendarDate, loadings: [LoadingSummary], people: [LoadingPerson]) {
        self.day = day
        self.loadings = loadings
        self.people = people
    }
}

extension Stock {
    /// The most people of one day's report.
    public static let maximumPeople: Int32 = 1_000
    /// The most parts of one page of a day.
    private static var maximumParts: Int32 { 1_000 }

    /// The report of a day; of the day that it is at the base, unless one is named.
    ///
    /// What a loading moved is shared evenly among its people; what does not divide goes to those who were named first, so that
    /// the shares add up to what was moved.
    public func loadingDay(
        _ day: CalendarDate? = nil, at warehouse: WarehouseCode? = nil
    ) async throws(StockError) -> LoadingDay {
        let day = try await self.day(day)
        let hours = try await hours(of: day)
        return LoadingDay(
            day: day,
            loadings: try await pool.rows(
                of: LoadingsOfDay(hours: hours, warehouse: warehouse, limit: Self.maximumLoadings),
                throwing: StockError.self),
            people: try await pool.rows(
                of: LoadingPeopleOfDay(hours: hours, warehouse: warehouse, limit: Self.maximumPeople),
                throwing: StockError.self))
    }

    /// The parts of a day, a page at a time.
    public func loadingParts(
        of day: CalendarDate, at warehouse: WarehouseCode? = nil, after: LoadingPart.Position? = nil
    ) async throws(StockError) -> LoadingParts {
        let rows = LoadingPartsOfDay(
            hours: try await hours(of: day), warehouse: warehouse, after: after, limit: Self.maximumParts)
        let parts = try await pool.rows(of: rows, throwing: StockError.self)
        return LoadingParts(
            parts: parts, next: parts.count == Int(Self.maximumParts) ? parts.last?.position : nil)
    }

    /// The day itself, or the day that it is at the base.
    public func day(_ named: CalendarDate?) async throws(StockError) -> CalendarDate {
        if let named { return named }
        let today = try await pool.rows(of: BusinessDay(timeZone: timeZone), throwing: StockError.self)
        guard let today = today.first else { throw .database(.misuse("the database did not tell the day")) }
        return today
    }

    /// When a day begins at the base, and when the next one does.
    private func hours(of day: CalendarDate) async throws(StockError) -> Range<Timestamp> {
        let begins = try await pool.rows(of: StartOfDay(day: day, timeZone: timeZone), throwing: StockError.self)
        let next = StartOfDay(day: day.advanced(byDays: 1), timeZone: timeZone)
        let ends = try await pool.rows(of: next, throwing: StockError.self)
        guard let begin = begins.first, let end = ends.first, begin < end else {
            throw .database(.misuse("a day does not begin"))
        }
        return begin..<end
    }
}
