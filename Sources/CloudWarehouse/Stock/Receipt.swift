public import Postgres

/// A delivery that has arrived and is to be taken in as good (入库).
public struct Receipt: Hashable, Sendable {
    /// One line of a delivery: it becomes a lot.
    public struct Line: Hashable, Sendable {
        /// What came.
        public var sku: SKUCode
        /// Whose it is.
        public var owner: OwnerCode
        /// How much came, in the SKU's base unit; more than nothing.
        public var quantity: Quantity
        /// 采收日期
        public var harvestedOn: CalendarDate?
        /// 保质期到期; not before the harvest.
        public var expiresOn: CalendarDate?
        /// 等级
        public var grade: Grade?

        /// A line with these fields.
        public init(
            sku: SKUCode, owner: OwnerCode, quantity: Quantity, harvestedOn: CalendarDate? = nil,
            expiresOn: CalendarDate? = nil, grade: Grade? = nil
        ) {
            self.sku = sku
            self.owner = owner
            self.quantity = quantity
            self.harvestedOn = harvestedOn
            self.expiresOn = expiresOn
            self.grade = grade
        }
    }

    /// The most lines that one delivery may have.
    public static let maximumLines = 1_000

    /// What stands on the delivery's paper; the same one is received once only.
    public let reference: ReceiptReference
    /// The warehouse that it arrived at.
    public let warehouse: WarehouseCode
    /// The location where it stands now.
    public let location: LocationCode
    /// What came.
    public let lines: [Line]
    /// What the delivery says, for telling a repetition from another one under the same reference.
    let fingerprint: Fingerprint

    /// Takes a delivery, or says what is wrong with it.
    public init(
        reference: ReceiptReference, warehouse: WarehouseCode, location: LocationCode, lines: [Line]
    ) throws(InvalidValue) {
        guard (1...Self.maximumLines).contains(lines.count) else {
            throw .deliveryLines(atMost: Self.maximumLines)
        }
        for (index, line) in lines.enumerated() {
            try Self.check(line, number: index + 1)
        }
        self.reference = reference
        self.warehouse = warehouse
        self.location = location
        self.lines = lines
        fingerprint = Fingerprint { transcript in
            transcript.append(warehouse.rawValue)
            transcript.append(location.rawValue)
            for line in lines {
                transcript.append(line.sku.rawValue)
                transcript.append(line.owner.rawValue)
                transcript.append(line.quantity.rawValue)
                transcript.append(line.harvestedOn) { $0.append(Int64($1.daysSince1970)) }
                transcript.append(line.expiresOn) { $0.append(Int64($1.daysSince1970)) }
                transcript.append(line.grade) { $0.append($1.rawValue) }
            }
        }
    }

    private static func check(_ line: Line, number: Int) throws(InvalidValue) {
        guard line.quantity > .zero else { throw .emptyDeliveryLine(number) }
        if let harvested = line.harvestedOn, let expires = line.expiresOn, expires < harvested {
            throw .expiresBeforeHarvest(line: number)
        }
    }
}
