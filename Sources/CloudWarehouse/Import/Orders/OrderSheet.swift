/// A platform's export of orders: a row for each line, the rows of one order number one order.
///
/// What is known of a platform's words for states comes with it; a mapping adds others.
public struct OrderSheet: Sheet {
    /// Those of a platform's export.
    public typealias Column = OrderColumn

    private let units: [SKUCode: BaseUnit]
    private let states: [String: OrderFate]
    private let takesRecipients: Bool
    /// The first row of each order that says who gets it.
    private var recipients: [OrderReference: (line: Int, recipient: Recipient)] = [:]
    /// Orders of which a row is wrong, with its line.
    public private(set) var spoilt: [OrderReference: Int] = [:]
    /// The line of a row of which nobody knows the order; then any order may lack it.
    public private(set) var unattributed: Int?

    /// A sheet of which nothing has been read.
    ///
    /// - Parameters:
    ///   - units: What each SKU of the catalog is counted in.
    ///   - states: A mapping's own words for states.
    ///   - takesRecipients: Whether names, phones and addresses are looked at.
    public init(units: [SKUCode: BaseUnit], states: [String: OrderFate] = [:], takesRecipients: Bool = true) {
        self.units = units
        self.states = states
        self.takesRecipients = takesRecipients
    }

    /// The line that the row describes. A row without anything in it is passed over.
    public mutating func read(_ row: inout SheetRow<Column>) -> OrderRow? {
        guard Column.allCases.contains(where: { row.text($0) != nil }) else { return nil }
        let reference = Self.reference(&row)
        let read = reference.flatMap { content(&row, of: $0) }
        guard row.problems.isEmpty, let read else {
            if let reference {
                spoilt[reference] = spoilt[reference] ?? row.line
            } else {
                unattributed = unattributed ?? row.line
            }
            return nil
        }
        return read
    }

    private static func reference(_ row: inout SheetRow<Column>) -> OrderReference? {
        guard !row.refusesMangled(.order) else { return nil }
        return row.value(.order) { (text) throws(InvalidValue) in
            guard let reference = OrderReference(rawValue: text) else { throw .reference }
            return reference
        }
    }

    private mutating func content(_ row: inout SheetRow<Column>, of reference: OrderReference) -> OrderRow? {
        guard let fate = fate(&row) else { return nil }
        let line = fate == .ship ? line(&row) : nil
        let recipient = fate == .ship && takesRecipients ? recipient(&row, of: reference) : nil
        let details = Column.allCases.filter(\.isNotKept).compactMap { column in row.text(column).map { (column, $0) } }
        return OrderRow(
            reference: reference, line: line, recipient: recipient,
            details: Dictionary(details, uniquingKeysWith: { first, _ in first }), raw: row.raw)
    }

    /// To be sent, unless one of both states says otherwise.
    private func fate(_ row: inout SheetRow<Column>) -> OrderFate? {
        var fates: [OrderFate] = []
        for (column, known) in [(Column.status, OrderFate.ofStates), (.afterSale, OrderFate.ofAfterSales)] {
            guard let word = row.text(column) else { continue }
            guard !row.refusesFault(column) else { return nil }
            guard let fate = states[word] ?? known[word] else {
                row.refuse(column, .invalid(.statusWord))
                return nil
            }
            fates.append(fate)
        }
        return fates.contains(.skip) ? .skip : .ship
    }

    private func line(_ row: inout SheetRow<Column>) -> PlaceOrder.Line? {
        guard let code = row.code(.sku) else { return nil }
        guard let unit = units[code] else {
            row.refuse(.sku, .unknownCode(code))
            return nil
        }
        let quantity = row.value(.quantity) { (text) throws(InvalidValue) in
            let quantity = try QuantityText(text).quantity(in: unit)
            guard quantity > .zero else { throw .zeroQuantity }
            return quantity
        }
        guard let quantity else { return nil }
        return PlaceOrder.Line(sku: code, quantity: quantity, price: price(&row, of: quantity, in: unit))
    }

    /// What was paid for the line, exactly; else its price for one; else the list price, which is nil here.
    private func price(_ row: inout SheetRow<Column>, of quantity: Quantity, in unit: BaseUnit) -> Price? {
        if row.text(.amount) != nil {
            return row.value(.amount) { (text) throws(InvalidValue) in
                try Price(fen: try MoneyText.fen(text), per: quantity)
            }
        }
        guard row.text(.price) != nil else { return nil }
        return row.value(.price) { (text) throws(InvalidValue) in
            try PriceText(MoneyText.plain(text)).price(in: unit)
        }
    }

    private mutating func recipient(_ row: inout SheetRow<Column>, of reference: OrderReference) -> Recipient? {
        let fields: [Column] = [.name, .phone, .address]
        guard fields.contains(where: { row.text($0) != nil }) else { return nil }
        let faults = (fields + [.region, .province, .city, .district]).filter { row.refusesFault($0) }
        guard faults.isEmpty, !row.refusesMangled(.phone) else { return nil }
        let parts = [Column.province, .city, .district].compactMap { row.text($0) }
        let region = row.text(.region) ?? parts.joined()
        do throws(InvalidValue) {
            let recipient = try Recipient(
                name: row.text(.name) ?? "", phone: row.text(.phone) ?? "", region: region,
                address: row.text(.address) ?? "")
            guard let first = recipients[reference] else {
                recipients[reference] = (row.line, recipient)
                return recipient
            }
            if let column = Self.difference(recipient, first.recipient) {
                row.refuse(column, .differs(firstLine: first.line))
            }
            return recipient
        } catch {
            row.refuse(Self.column(of: error, hasRegion: row.has(.region)), .invalid(error))
            return nil
        }
    }

    private static func difference(_ one: Recipient, _ other: Recipient) -> Column? {
        if one.name != other.name { return .name }
        if one.phone != other.phone { return .phone }
        if one.region != other.region { return .region }
        return one.address != other.address ? .address : nil
    }

    private static func column(of error: InvalidValue, hasRegion: Bool) -> Column {
        switch error {
        case .recipient(.phone): .phone
        case .recipient(.region): hasRegion ? .region : .province
        case .recipient(.address): .address
        default: .name
        }
    }
}
