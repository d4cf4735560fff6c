import Postgres

extension Stock {
    /// Adds a storage location to a warehouse; it is open.
    public func addLocation(
        code: LocationCode, in warehouse: WarehouseCode, terms: LocationTerms, by principal: Principal
    ) async throws(StockError) -> Location {
        try await adding { transaction, ids, now in
            guard let found = try await transaction.query(WarehouseByCode(code: warehouse)).first else {
                throw StockError.unknownWarehouse(warehouse)
            }
            let location = Location(id: ids.next(), warehouse: found.id, code: code, terms: terms)
            let zone = try await Self.zone(of: location, in: warehouse, transaction)
            _ = try await transaction.batch(
                InsertLocation(location: location, zone: zone, at: now),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "location.add", subject: "\(warehouse) \(code)",
                    detail: terms.record, at: now))
            return location
        }
    }

    /// Adds a storage location that is nothing but so cold.
    public func addLocation(
        code: LocationCode, in warehouse: WarehouseCode, storageClass: StorageClass, by principal: Principal
    ) async throws(StockError) -> Location {
        try await addLocation(
            code: code, in: warehouse, terms: LocationTerms(storageClass: storageClass), by: principal)
    }

    /// Gives a location other terms; those that it has already change nothing.
    ///
    /// A location where something stands is not closed, and keeps its purpose: how far the deliveries of those goods have come
    /// depends on it. One that is closed takes nothing, and is opened by the same way.
    /// - Parameter change: What is different, told what is so under lock.
    public func changeLocation(
        _ code: LocationCode, in warehouse: WarehouseCode, by principal: Principal,
        _ change: @Sendable (inout LocationTerms) -> Void
    ) async throws(StockError) -> Location {
        try await adding { transaction, ids, now in
            let (warehouses, locations) = try await transaction.batch(
                WarehouseByCode(code: warehouse), LockLocation(warehouse: warehouse, code: code))
            guard !warehouses.isEmpty else { throw StockError.unknownWarehouse(warehouse) }
            guard var location = locations.first else { throw StockError.unknownLocation(warehouse, code) }
            let before = location.terms
            change(&location.terms)
            guard location.terms != before else { return location }
            if location.terms.isClosed || location.terms.purpose != before.purpose {
                let lots = try await transaction.query(LotsStandingAt(location: location.id)).first ?? 0
                guard lots == 0 else { throw StockError.locationInUse(warehouse, code, lots: lots) }
            }
            let zone = try await Self.zone(of: location, in: warehouse, transaction)
            _ = try await transaction.batch(
                UpdateLocation(location: location, zone: zone, at: now),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "location.change", subject: "\(warehouse) \(code)",
                    detail: location.terms.record, at: now))
            return location
        }
    }

    /// Adds a zone to a warehouse; it is open.
    public func addZone(
        code: ZoneCode, in warehouse: WarehouseCode, name: Name, by principal: Principal
    ) async throws(StockError) -> Zone {
        try await adding { transaction, ids, now in
            guard let found = try await transaction.query(WarehouseByCode(code: warehouse)).first else {
                throw StockError.unknownWarehouse(warehouse)
            }
            let zone = Zone(id: ids.next(), warehouse: found.id, code: code, name: name, isClosed: false)
            _ = try await transaction.batch(
                InsertZone(zone: zone, at: now),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "zone.add", subject: "\(warehouse) \(code)",
                    detail: JSONB(text: "{}"), at: now))
            return zone
        }
    }

    /// Gives a zone another name, closes it or opens it; what is so already changes nothing.
    ///
    /// A zone is not closed before its locations are.
    public func changeZone(
        _ code: ZoneCode, in warehouse: WarehouseCode, name: Name? = nil, isClosed: Bool? = nil, by principal: Principal
    ) async throws(StockError) -> Zone {
        try await adding { transaction, ids, now in
            guard let found = try await transaction.query(WarehouseByCode(code: warehouse)).first else {
                throw StockError.unknownWarehouse(warehouse)
            }
            guard var zone = try await transaction.query(LockZone(warehouse: found.id, code: code)).first else {
                throw StockError.unknownZone(warehouse, code)
            }
            let before = zone
            if let name { zone.name = name }
            if let isClosed { zone.isClosed = isClosed }
            guard zone != before else { return zone }
            if zone.isClosed {
                let locations = try await transaction.query(OpenLocationsOfZone(zone: zone.id)).first ?? 0
                guard locations == 0 else { throw StockError.zoneInUse(warehouse, code, locations: locations) }
            }
            _ = try await transaction.batch(
                UpdateZone(zone: zone, at: now),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "zone.change", subject: "\(warehouse) \(code)",
                    detail: JSONB(text: #"{"closed": \#(zone.isClosed)}"#), at: now))
            return zone
        }
    }

    /// Lists a warehouse's zones in the order of their codes, a page at a time: at most `limit`, the first ones after
    /// `after`; none for a warehouse that there is not.
    public func zones(
        of warehouse: WarehouseCode, after: ZoneCode? = nil, limit: Int32 = maximumPage
    ) async throws(StockError) -> [Zone] {
        let limit = min(max(limit, 1), Self.maximumPage)
        return try await pool.rows(
            of: ZonesOfWarehouse(warehouse: warehouse, after: after, limit: limit), throwing: StockError.self)
    }

    /// The zone that a location is to be in, kept open until the transaction ends; a location that is closed may be in any.
    private static func zone(
        of location: Location, in warehouse: WarehouseCode, _ transaction: Transaction
    ) async throws -> ID<Zone>? {
        guard let code = location.terms.zone else { return nil }
        guard let zone = try await transaction.query(KeepZone(warehouse: location.warehouse, code: code)).first else {
            throw StockError.unknownZone(warehouse, code)
        }
        guard !zone.isClosed || location.terms.isClosed else { throw StockError.closedZone(warehouse, code) }
        return zone.id
    }
}

extension LocationTerms {
    /// What the audit log keeps; codes may hold quotes, so the zone's is not among it.
    fileprivate var record: JSONB {
        let capacity = capacity.map { #""\#($0.quantity) \#($0.unit.rawValue)""# } ?? "null"
        return JSONB(
            text: """
                {"storage_class": "\(storageClass.rawValue)", "purpose": "\(purpose.rawValue)", "capacity": \(capacity), \
                "pick_sequence": \(pickSequence.map { "\($0.rawValue)" } ?? "null"), "closed": \(isClosed)}
                """)
    }
}
