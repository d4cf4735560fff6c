internal import CloudWarehouse
internal import Postgres

/// What a row of each list is as CSV: the names and the meaning of its columns are those of the JSON.
extension ProductDocument {
    static let csvColumns = ["sku", "name", "owner", "unit", "category", "category_name", "price_fen", "price_per"]

    var csvRow: [String] {
        [
            sku.rawValue, name.rawValue, owner.rawValue, unit.rawValue, category?.code.rawValue ?? "",
            category?.name.rawValue ?? "", price.map { "\($0.fen.rawValue)" } ?? "",
            price.map { "\($0.per.rawValue)" } ?? "",
        ]
    }
}

extension StockLevel {
    static let csvColumns = [
        "sku", "name", "unit", "warehouse", "owner", "available", "sellable", "held", "committed", "allotted",
        "version",
    ]

    var csvRow: [String] {
        let texts = [
            position.sku.rawValue, name.rawValue, unit.rawValue, position.warehouse.rawValue,
            position.owner?.rawValue ?? "",
        ]
        let numbers = [
            counters.available, counters.sellable, counters.held, counters.committed, counters.allotted, version,
        ]
        return texts + numbers.map { "\($0)" }
    }
}

extension StoredLot {
    static let csvColumns = [
        "id", "sku", "unit", "owner", "harvested_on", "expires_on", "grade", "status", "warehouse", "location",
        "quality",
        "on_hand",
    ]

    /// A row for each place where goods of the lot stand, or one without a place if nothing is left.
    var csvRows: [[String]] {
        let lot = [
            id.description, sku.rawValue, unit.rawValue, owner.rawValue, harvestedOn?.description ?? "",
            expiresOn?.description ?? "", grade?.rawValue ?? "", status.rawValue,
        ]
        if standings.isEmpty { return [lot + ["", "", "", ""]] }
        return standings.map { standing in
            lot + [
                standing.warehouse.rawValue, standing.location.rawValue, standing.quality.rawValue,
                "\(standing.onHand.rawValue)",
            ]
        }
    }
}

extension LedgerEntry {
    static let csvColumns = [
        "id", "recorded_at", "sku", "unit", "owner", "lot", "quantity", "from_kind", "from_warehouse", "from_location",
        "from_quality", "to_kind", "to_warehouse", "to_location", "to_quality", "reason",
    ]

    var csvRow: [String] {
        let what = [
            id.description, recordedAt.description, goods.sku.rawValue, goods.unit.rawValue, goods.owner.rawValue,
            goods.lot.description, "\(goods.quantity.rawValue)",
        ]
        return what + from.csvCells + to.csvCells + [reason.rawValue]
    }
}

extension LedgerEntry.Place {
    fileprivate var csvCells: [String] {
        [kind.rawValue, warehouse?.rawValue ?? "", location.rawValue, quality.rawValue]
    }
}
