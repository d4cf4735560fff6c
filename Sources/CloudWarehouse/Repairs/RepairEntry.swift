import Postgres

/// One counter that a repair brings to what the ledger and the orders explain.
public struct RepairEntry: Hashable, Sendable {
    /// Its table.
    public let table: String
    /// The row, in the words of its key.
    public let row: String
    /// The row's key: what its columns hold, as text.
    public let key: [KeyColumn]
    /// Its column.
    public let column: String
    /// What is stored; nil when there is no row.
    public let stored: Int64?
    /// What is explained, at least 0.
    public let expected: Int64

    /// A column of a row's key.
    public struct KeyColumn: Hashable, Sendable {
        /// The column's name.
        public let name: String
        /// What it holds, as text.
        public let value: String
    }

    /// What is posted: what makes the one of the other.
    public var delta: Int64 { expected - (stored ?? 0) }
}

extension WrongPool {
    /// The columns that a repair would write.
    var entries: [RepairEntry] {
        let key: [RepairEntry.KeyColumn] = [
            RepairEntry.KeyColumn(name: "sku_id", value: key.sku.description),
            RepairEntry.KeyColumn(name: "warehouse_id", value: key.warehouse.description),
            RepairEntry.KeyColumn(name: "owner_id", value: key.owner.description),
        ]
        return columns.compactMap { column, stored, expected in
            // What is ring-fenced is nobody's claim that could be counted again.
            guard column != "allotted" else { return nil }
            return RepairEntry(
                table: "pool", row: name, key: key, column: column, stored: stored, expected: expected)
        }
    }
}

extension WrongBalance {
    /// What a repair would write.
    var entry: RepairEntry {
        RepairEntry(
            table: "balance", row: name,
            key: [
                RepairEntry.KeyColumn(name: "sku_id", value: key.sku.description),
                RepairEntry.KeyColumn(name: "location_id", value: key.location.description),
                RepairEntry.KeyColumn(name: "lot_id", value: key.lot.description),
                RepairEntry.KeyColumn(name: "quality", value: key.quality.rawValue),
            ], column: "on_hand", stored: stored, expected: expected)
    }
}

extension WrongBuyerCount {
    /// What a repair would write.
    var entry: RepairEntry {
        RepairEntry(
            table: "buyer_count", row: name,
            key: [
                RepairEntry.KeyColumn(name: "source", value: key.source.rawValue),
                RepairEntry.KeyColumn(name: "buyer", value: key.buyer.rawValue),
                RepairEntry.KeyColumn(name: "sku_id", value: key.sku.description),
                RepairEntry.KeyColumn(name: "since", value: limit.since.description),
            ], column: "taken", stored: stored, expected: expected)
    }
}
