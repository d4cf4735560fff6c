public import Postgres

/// A loading, without its people.
public struct LoadingSummary: Hashable, Sendable {
    /// Its identity in the database: the later, the greater.
    public let id: ID<Loading>
    /// What it is known by.
    public let reference: ReceiptReference
    /// What was planned.
    public let plan: LoadingPlan
    /// How far it has come.
    public let state: LoadingState
    /// When it began; nil as long as it has not.
    public let startedAt: Timestamp?
    /// When it ended; nil as long as it has not.
    public let finishedAt: Timestamp?
    /// How much was moved; nil as long as it is not done.
    public let amount: LoadingAmount?

    /// A loading with these fields.
    public init(
        id: ID<Loading>, reference: ReceiptReference, plan: LoadingPlan, state: LoadingState, startedAt: Timestamp?,
        finishedAt: Timestamp?, amount: LoadingAmount?
    ) {
        self.id = id
        self.reference = reference
        self.plan = plan
        self.state = state
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.amount = amount
    }

    /// How many whole minutes it took; nil as long as it is not done.
    public var minutes: Int64? {
        guard let startedAt, let finishedAt else { return nil }
        return (finishedAt.microsecondsSince1970 - startedAt.microsecondsSince1970) / 60_000_000
    }
}

/// A loading with its people.
public struct LoadingDetails: Hashable, Sendable {
    /// The loading.
    public let summary: LoadingSummary
    /// Who did it, or began with it; nobody as long as it is only planned.
    public let workers: [LoadingWorker]

    /// A loading with these people.
    public init(summary: LoadingSummary, workers: [LoadingWorker]) {
        self.summary = summary
        self.workers = workers
    }
}

/// Loadings, the newest first.
public struct LoadingPage: Hashable, Sendable {
    /// Those that the page has.
    public let loadings: [LoadingSummary]
    /// Where the next page begins; nil for the last one.
    public let next: ID<Loading>?

    /// A page with these fields.
    public init(loadings: [LoadingSummary], next: ID<Loading>?) {
        self.loadings = loadings
        self.next = next
    }
}

extension Stock {
    /// The most loadings that one page lists.
    public static let maximumLoadings: Int32 = 500

    /// Lists loadings, the newest first, a page at a time: at most `limit`, the first ones before `before`.
    public func loadings(
        in state: LoadingState? = nil, at warehouse: WarehouseCode? = nil, before: ID<Loading>? = nil,
        limit: Int32 = maximumLoadings
    ) async throws(StockError) -> LoadingPage {
        let limit = min(max(limit, 1), Self.maximumLoadings)
        let found = try await pool.rows(
            of: LoadingsBefore(before: before, state: state, warehouse: warehouse, limit: limit + 1),
            throwing: StockError.self)
        let page = Array(found.prefix(Int(limit)))
        return LoadingPage(loadings: page, next: found.count > page.count ? page.last?.id : nil)
    }

    /// The loading of this reference; nil when there is none.
    public func loading(_ reference: ReceiptReference) async throws(StockError) -> LoadingDetails? {
        let found = try await pool.rows(of: LoadingByReference(reference: reference), throwing: StockError.self)
        guard let found = found.first else { return nil }
        return LoadingDetails(
            summary: found,
            workers: try await pool.rows(of: WorkersOfLoading(loading: found.id), throwing: StockError.self))
    }
}

/// Lists loadings, the newest first.
struct LoadingsBefore: Statement {
    /// Where the page before ended; nil for the first page.
    let before: ID<Loading>?
    let state: LoadingState?
    let warehouse: WarehouseCode?
    let limit: Int32

    static let sql = """
        SELECT \(LoadingSummary.columns)
        FROM loading
        JOIN warehouse ON warehouse.id = loading.warehouse_id
        WHERE loading.id < $1 AND ($2::text IS NULL OR loading.state = $2)
            AND ($3::text IS NULL OR warehouse.code = $3)
        ORDER BY loading.id DESC
        LIMIT $4
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(state)
        parameters.append(warehouse)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> LoadingSummary { try row.nextLoading() }
}

/// Reads one loading.
struct LoadingByReference: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT \(LoadingSummary.columns)
        FROM loading
        JOIN warehouse ON warehouse.id = loading.warehouse_id
        WHERE loading.reference = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> LoadingSummary { try row.nextLoading() }
}

/// Reads who did a loading; who began with it, as long as it is not done.
struct WorkersOfLoading: Statement {
    let loading: ID<Loading>

    static let sql = """
        SELECT worker.name, worker.employment
        FROM loading
        JOIN loading_worker AS worker ON worker.loading_id = loading.id
            AND worker.event = CASE WHEN loading.state = 'finished' THEN 'finish' ELSE 'start' END
        WHERE loading.id = $1
        ORDER BY worker.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(loading)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> LoadingWorker {
        LoadingWorker(name: try row.next(), employment: try row.next())
    }
}

extension LoadingSummary {
    /// What ``RowDecoder/nextLoading()`` reads of `loading` and `warehouse`.
    static let columns = """
        loading.id, loading.reference, loading.kind, warehouse.code, loading.subject_kind, loading.subject_reference,
            loading.state, loading.started_at, loading.finished_at, loading.pieces, loading.grams
        """
}

extension RowDecoder {
    /// The columns of a loading.
    mutating func nextLoading() throws(DecodingFailure) -> LoadingSummary {
        let (id, reference): (ID<Loading>, ReceiptReference) = (try next(), try next())
        var plan = LoadingPlan(kind: try next(), warehouse: try next())
        let (kind, subject): (LoadingSubject.Kind?, ReceiptReference?) = (try next(), try next())
        if let kind, let subject { plan.subject = LoadingSubject(kind: kind, reference: subject) }
        return LoadingSummary(
            id: id, reference: reference, plan: plan, state: try next(), startedAt: try next(),
            finishedAt: try next(), amount: LoadingAmount(pieces: try next(), grams: try next()))
    }
}
