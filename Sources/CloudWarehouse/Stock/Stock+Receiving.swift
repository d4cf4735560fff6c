import Postgres

extension Stock {
    /// Takes a delivery in, all of it or nothing: lots, ledger, balances and pools in one transaction.
    ///
    /// It is taken in as good. What has expired on the base's day is refused, unless it is said to be meant: then it is set
    /// aside (待检), where no order can claim it. Receiving the same delivery again changes nothing and gives the same answer,
    /// also when its goods have expired since.
    /// - Parameter acceptsExpired: Whether expired goods are taken in too, and set aside.
    public func receive(
        _ receipt: Receipt, acceptsExpired: Bool = false, by principal: Principal
    ) async throws(StockError) -> ReceivedDelivery {
        do throws(StockError) {
            return try await received(receipt, acceptsExpired, by: principal, looksUp: false)
        } catch .database(.commitOutcomeUnknown(let cause)) {
            // Looked up by its reference: found, or received now; else it is still not known.
            do throws(StockError) {
                return try await received(receipt, acceptsExpired, by: principal, looksUp: true)
            } catch .database {
                throw .database(.commitOutcomeUnknown(cause: cause))
            } catch {
                throw error
            }
        } catch {
            if case .database(let cause) = error, cause.isBeyondPool {
                throw .tooMuch(lines: try await linesBeyond(receipt))
            }
            throw error
        }
    }

    /// The numbers of the lines, from 1 on, with which there would be more than a pool can count.
    private func linesBeyond(_ receipt: Receipt) async throws(StockError) -> [Int] {
        let pools = try await pool.rows(
            of: SellableByCode(warehouse: receipt.warehouse, skus: Array(Set(receipt.lines.map(\.sku)))),
            throwing: StockError.self)
        var sellable = Dictionary(pools.map { ($0.key, $0.sellable) }, uniquingKeysWith: { first, _ in first })
        return receipt.lines.indices.filter { index in
            let line = receipt.lines[index]
            let key = SellableByCode.Key(sku: line.sku, owner: line.owner)
            let sum = sellable[key, default: 0].addingSaturated(line.quantity.rawValue)
            guard sum <= Quantity.maximum.rawValue else { return true }
            sellable[key] = sum
            return false
        }.map { $0 + 1 }
    }

    /// - Parameter looksUp: An attempt before this one may have taken effect: then it is this one's, and its news are told.
    private func received(
        _ receipt: Receipt, _ acceptsExpired: Bool, by principal: Principal, looksUp: Bool
    ) async throws(StockError) -> ReceivedDelivery {
        let (delivery, skus) = try await write(receipt, acceptsExpired, by: principal)
        if delivery.isRepeated, looksUp {
            let named = try await pool.rows(
                of: SKUsByCode(codes: Array(Set(receipt.lines.map(\.sku)))), throwing: StockError.self)
            await StockNews(pool: pool, feed: feed).tell(of: Set(named.map(\.id)))
            return ReceivedDelivery(id: delivery.id, receivedAt: delivery.receivedAt)
        }
        await StockNews(pool: pool, feed: feed).tell(of: skus)
        return delivery
    }

    /// Gives the SKUs whose stock has changed too.
    private func write(
        _ receipt: Receipt, _ acceptsExpired: Bool, by principal: Principal
    ) async throws(StockError) -> (ReceivedDelivery, Set<ID<SKU>>) {
        let timeZone = timeZone
        return try await pool.transaction(throwing: StockError.self) { transaction in
            let now = try await transaction.now()
            var ids = IDGenerator(at: now)
            let inbound = InsertInbound(
                id: ids.next(), reference: receipt.reference, fingerprint: receipt.fingerprint, state: .stored,
                warehouse: receipt.warehouse, receivedAt: now)
            guard try await transaction.execute(inbound) == 1 else {
                return (try await Self.repeated(receipt, in: transaction), Set<ID<SKU>>())
            }
            let codes = Array(Set(receipt.lines.map(\.sku)))
            // What is no set when it is asked is none until this is committed.
            let (_, sets, warehouses, locations, skus, owners, days) = try await transaction.batch(
                KeepSKUs(codes: codes), SetsAmong(codes: codes), WarehouseByCode(code: receipt.warehouse),
                LocationByCode(warehouse: receipt.warehouse, code: receipt.location), SKUsByCode(codes: codes),
                OwnersByCode(codes: Array(Set(receipt.lines.map(\.owner)))), BusinessDay(timeZone: timeZone))
            let names = ReceiptNames(
                warehouse: warehouses.first, location: locations.first, skus: skus, owners: owners, sets: sets)
            if let missing = names.missing(of: receipt) { throw missing }
            guard let today = days.first else { throw PostgresError.misuse("the database did not tell the day") }
            let expired = receipt.expired(on: today)
            guard acceptsExpired || expired.isEmpty else { throw StockError.expired(expired, today: today) }
            guard let location = names.location else { preconditionFailure("a location is neither there nor missing") }
            guard !location.terms.isClosed else { throw StockError.closedLocation(receipt.warehouse, receipt.location) }
            let plan = ReceiptPlan(receipt, at: location, on: today, skus: skus, owners: owners, ids: &ids)
            let steps = InboundSteps.atOnce(receipt, at: location, ids: &ids)
            guard let counted = steps.first(where: { $0.event == .count })?.id else {
                preconditionFailure("a delivery is taken in without being counted")
            }
            let counts = plan.movements.map { movement in
                CountedGoods(
                    id: ids.next(), event: counted, sku: movement.lot.sku, owner: movement.lot.owner,
                    received: movement.quantity, movement: movement)
            }
            if let state = steps.last?.to, state != inbound.state {
                try await transaction.execute(UpdateInbound(id: inbound.id, state: state, receivedAt: now))
            }
            // The pools come last: they are the rows that everybody wants.
            _ = try await transaction.batch(
                InsertLots(lots: plan.movements.map(\.lot), status: .released, at: now),
                InsertReceiptMovements(movements: plan.movements, inbound: inbound.id, at: now),
                InsertBalances(movements: plan.movements),
                InsertInboundEvents(inbound: inbound.id, steps: steps, principal: principal, at: now),
                InsertInboundReceipts(inbound: inbound.id, rows: counts),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "inbound.receive",
                    subject: receipt.reference.rawValue,
                    detail: JSONB(text: #"{"lines": \#(receipt.lines.count), "expired": \#(expired.count)}"#), at: now),
                AddSellable(additions: plan.additions))
            return (ReceivedDelivery(id: inbound.id, receivedAt: now), Set(plan.additions.map(\.key.sku)))
        }
    }

    private static func repeated(
        _ receipt: Receipt, in transaction: Transaction
    ) async throws -> ReceivedDelivery {
        let recorded = try await transaction.query(InboundByReference(reference: receipt.reference))
        guard let first = recorded.first, first.fingerprint == receipt.fingerprint,
            let receivedAt = first.receivedAt
        else { throw StockError.otherDeliveryUnderReference }
        return ReceivedDelivery(id: first.id, receivedAt: receivedAt, isRepeated: true)
    }
}
