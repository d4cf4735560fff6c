/// What a platform's export asks for: the orders to be placed, and the rows of which nothing comes.
public struct OrderPlan: Sendable {
    /// The bounds of an export: all of it is kept in memory, since the rows of an order may stand anywhere.
    public static let limits = ImportLimits(rows: 100_000, problems: 100_000, fileBytes: 64 << 20)

    /// An order with the rows that it came from.
    public struct Entry: Sendable {
        /// The order.
        public let order: PlaceOrder
        /// Its rows, in the order of the file.
        public let rows: [RawRow]
        /// What was read of it and has no place in an order yet.
        public let details: [OrderColumn: String]
    }

    /// In the order in which their first rows stand in the file.
    public private(set) var orders: [Entry] = []
    /// How many orders are not to be sent, by what the platform says.
    public private(set) var skippedOrders = 0
    /// How many rows of orders that are sent are not.
    public private(set) var skippedRows = 0
    /// The rows of which nothing comes.
    public private(set) var refused: [RawRow]
    /// What is wrong with them.
    public private(set) var problems: [ImportProblem]
    /// How many problems there are, listed or not.
    public private(set) var problemCount: Int
    /// The headings under which something stands that has no place in an order yet.
    public private(set) var notKept: [OrderColumn] = []

    /// Groups the rows of a file to orders of `source`.
    ///
    /// Of a file that nobody can tell is whole, nothing comes: any order could lack a line.
    public init(_ contents: SheetFile.Contents<OrderSheet>, source: OrderSource, by principal: Principal) {
        refused = contents.refused
        problems = contents.problems.listed
        problemCount = contents.problems.count
        let isWhole = contents.isWhole && contents.sheet.unattributed == nil
        var rows: [OrderReference: [SheetReader<OrderSheet>.Numbered]] = [:]
        var order: [OrderReference] = []
        for row in contents.rows {
            if rows[row.row.reference] == nil { order.append(row.row.reference) }
            rows[row.row.reference, default: []].append(row)
        }
        guard isWhole else {
            refused += contents.rows.map(\.row.raw)
            return
        }
        var notKept: Set<OrderColumn> = []
        for reference in order {
            let rows = rows[reference, default: []]
            if let line = contents.sheet.spoilt[reference] {
                for row in rows { refuse([row], .spoilt(byLine: line)) }
            } else {
                add(rows, source: source, reference: reference, by: principal)
                for row in rows { notKept.formUnion(row.row.details.keys) }
            }
        }
        self.notKept = OrderColumn.allCases.filter(notKept.contains)
    }

    /// Whether it came to anything.
    public var isEmpty: Bool { orders.isEmpty && skippedOrders == 0 }

    private mutating func add(
        _ rows: [SheetReader<OrderSheet>.Numbered], source: OrderSource, reference: OrderReference,
        by principal: Principal
    ) {
        let lines = rows.compactMap(\.row.line)
        guard !lines.isEmpty else {
            skippedOrders += 1
            return
        }
        do throws(InvalidValue) {
            let order = try PlaceOrder(
                source: source, reference: reference, lines: lines.sorted(by: Self.precedes), payment: .paidElsewhere,
                recipient: rows.lazy.compactMap(\.row.recipient).first, by: principal)
            let details = rows.reduce(into: [:]) { $0.merge($1.row.details) { first, _ in first } }
            orders.append(Entry(order: order, rows: rows.map(\.row.raw), details: details))
            skippedRows += rows.count - lines.count
        } catch {
            refuse(rows, .invalid(error))
        }
    }

    private mutating func refuse(_ rows: [SheetReader<OrderSheet>.Numbered], _ reason: ImportProblem.Reason) {
        refused += rows.map(\.row.raw)
        problemCount += 1
        if let first = rows.first { problems.append(ImportProblem(reason, line: first.line, column: nil)) }
    }

    /// One order of the lines, whichever way the platform turns them: the same order is the same one in the next export.
    private static func precedes(_ one: PlaceOrder.Line, _ other: PlaceOrder.Line) -> Bool {
        if one.sku != other.sku { return one.sku < other.sku }
        if one.quantity != other.quantity { return one.quantity < other.quantity }
        let (left, right) = (one.price, other.price)
        if left?.fen != right?.fen { return (left?.fen ?? .zero) < (right?.fen ?? .zero) }
        return (left?.per ?? .zero) < (right?.per ?? .zero)
    }
}
