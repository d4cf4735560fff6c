import FoundationEssentials
import Postgres
import Schema
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Schema")
struct SchemaTests {
    @Test("the lists hold every file of their folders, in order", arguments: ["installation", "base"])
    func files(folder: String) throws {
        let sql = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "sql/\(folder)")
        let files = try FileManager.default.contentsOfDirectory(atPath: sql.path).sorted()
        let listed = folder == "base" ? Schema.base : Schema.installation
        #expect(listed.map { $0.name + ".sql" } == files)
        for migration in listed {
            let file = try #require(
                FileManager.default.contents(atPath: sql.appending(path: migration.name + ".sql").path))
            #expect(migration.sql == String(decoding: file, as: UTF8.self))
        }
    }

    @Test("every statement's parameters and columns have the types that the service binds and reads", .onDatabase)
    func statements() async throws {
        try await TestBase.with { base in
            for statement in Self.statements { try await check(statement, on: base) }
        }
    }

    private func check(_ statement: some Statement, on base: TestBase) async throws {
        try await base.pool.withConnection { connection in
            let (parameters, columns) = try await connection.describe(statement)
            #expect(parameters == statement.parameterTypes, "\(statement)")
            let read = try type(of: statement).columnTypes()
            #expect(columns.count == read.count, "\(statement)")
            for (column, type) in zip(columns, read) { #expect(type.reads(column), "\(statement)") }
        }
    }

    private static var statements: [any Statement] {
        let at = Timestamp.sample
        let principal = try! Principal(name: "a", origin: "b")
        let name = try! Name("x")
        let receipt = ReceiptReference.sample
        let location = Location(
            id: .sample, warehouse: .sample, code: .sample, terms: LocationTerms(storageClass: .ambient))
        let zone = Zone(id: .sample, warehouse: .sample, code: .sample, name: name, isClosed: false)
        let goods = AdjustmentPlan.Goods(
            lot: .sample, sku: .sample, owner: .sample, unit: .piece, status: .released, expiresOn: nil)
        let place = AdjustmentPlan.Place(location: .sample, warehouse: .sample, quality: .good)
        let plan = AdjustmentPlan(goods: goods, from: place, to: place, quantity: .sample, reason: .count)
        let scope = try! TokenScope(role: .operator)
        let token = Token(
            id: .sample, prefix: .sample, scope: scope, name: .sample, kind: .program, family: nil, createdAt: at,
            expiresAt: nil, revokedAt: nil,
            lastUsedAt: nil, hasExpired: false)
        let code = SignInCode(
            handle: .sample, scope: scope, name: .sample, issuer: nil, createdAt: at, expiresAt: at,
            sessionExpiresAt: at, wrongTries: 0, usedAt: nil, revokedAt: nil, hasExpired: false)
        let batch = BatchScope([])
        let set = try! SetPlan(
            .sample, of: [],
            found: [SetPlan.Facts(id: .sample, code: .sample, isSet: false, componentOf: nil, hasGoods: false)])
        let arrival = try! TransferArrival(
            reference: receipt, lot: .sample, count: TransferArrival.Count(received: .sample), location: .sample)
        let counted = UpsertCountLine(
            count: .sample, place: place, goods: goods, expected: .sample, counted: .sample, position: .sample)
        let repair = InsertRepair(id: .sample, principal: principal, note: nil, at: at)
        return [
            DatabaseClock(), BusinessDay(timeZone: "UTC"), OwnersByCode(codes: []), OwnersInOrder(after: nil, limit: 1),
            SKUsByCode(codes: []), SKUsAfter(after: nil, limit: 1),
            SKUsOfOwnerAfter(owner: .sample, after: nil, limit: 1),
            InsertOwner(owner: Owner(id: .sample, code: .sample, name: name, kind: .brand), at: at),
            UpsertCategories(categories: [], renames: true),
            InsertProducts(ids: [], entries: [], owner: .sample, at: at),
            InsertSKUs(ids: [], products: [], entries: [], at: at), UpsertPrices(prices: []),
            UpdateProducts(changes: []), RenameSKUs(changes: []),
            InsertAuditEntry(
                id: .sample, principal: principal, action: "a", subject: "b", detail: JSONB(text: "{}"), at: at),
            InsertWarehouse(warehouse: Warehouse(id: .sample, code: .sample, name: name), at: at),
            WarehouseByCode(code: .sample), WarehousesInOrder(after: nil, limit: 1),
            LocationsOfWarehouse(warehouse: .sample, after: nil, limit: 1),
            LocationByCode(warehouse: .sample, code: .sample),
            InsertLocation(location: location, zone: nil, at: at),
            UpdateLocation(location: location, zone: nil, at: at),
            LockLocation(warehouse: .sample, code: .sample), LotsStandingAt(location: .sample),
            KeepLocation(location: .sample), InsertZone(zone: zone, at: at), UpdateZone(zone: zone, at: at),
            ZonesOfWarehouse(warehouse: .sample, after: nil, limit: 1), KeepZone(warehouse: .sample, code: .sample),
            LockZone(warehouse: .sample, code: .sample), OpenLocationsOfZone(zone: .sample),
            LayoutDifferences(limit: 1),
            InsertInbound(
                id: .sample, reference: receipt, fingerprint: .sample, state: .stored, warehouse: .sample,
                receivedAt: nil),
            LockInbound(reference: receipt), UpdateInbound(id: .sample, state: .stored, receivedAt: nil),
            InsertInboundLines(inbound: .sample, lines: []),
            InsertInboundEvents(inbound: .sample, steps: [], principal: principal, at: at),
            InboundEventByReference(inbound: .sample, event: .count, reference: receipt),
            InsertInboundReceipts(inbound: .sample, rows: []), LockLotsOfInbound(inbound: .sample),
            ReleaseLots(lots: []), LockBalancesOfLots(lots: []),
            GoodsToPutAway(inbound: .sample), GoodsTakenIn(inbound: .sample),
            MovementsOfCount(inbound: .sample, reference: receipt), LockInboundOfGoods(lot: .sample),
            InboundInvolves(inbound: .sample, owner: .sample), LockRoom(location: .sample),
            GoodsStandingAt(location: .sample, unit: .piece),
            CountToPicture(inbound: .sample, count: receipt),
            InsertPicture(
                id: .sample, event: .sample, picture: Picture([0xFF, 0xD8, 0xFF])!, principal: principal, at: at),
            PicturesOfInbound(inbound: .sample, owner: nil),
            PictureByDigest(digest: .sample, reference: receipt, owner: nil),
            InsertLoading(
                id: .sample, reference: receipt, plan: LoadingPlan(kind: .unload, warehouse: .sample)),
            LockLoading(reference: receipt), UpdateLoading(id: .sample, state: .planned),
            InsertLoadingEvent(
                id: .sample, loading: .sample, task: .cancel, from: .planned, to: .cancelled, principal: principal,
                at: at),
            LoadingEventSaid(loading: .sample, event: .plan),
            InsertLoadingWorkers(
                loading: .sample, event: .start,
                crew: LoadingCrew([LoadingWorker(name: name, employment: .staff)])!),
            KeepLoadingWorkers(loading: .sample), WarehouseOfInbound(reference: receipt),
            LoadingsBefore(before: nil, state: nil, warehouse: nil, limit: 1), LoadingByReference(reference: receipt),
            WorkersOfLoading(loading: .sample), LoadingsOfDay(hours: at..<at, warehouse: nil, limit: 1),
            LoadingPeopleOfDay(hours: at..<at, warehouse: nil, limit: 1),
            LoadingPartsOfDay(hours: at..<at, warehouse: nil, after: nil, limit: 1), LoadingDifferences(limit: 1),
            WarehouseOfID(id: .sample), CountsOfInbound(inbound: .sample), InboundDifferences(limit: 1),
            GoodsWaiting(reference: receipt),
            PlacesForDelivery(reference: receipt), TalliesOfInbound(inbound: .sample),
            InboundByReference(reference: receipt), InsertLots(lots: [], status: .released, at: at),
            InsertReceiptMovements(movements: [], inbound: .sample, at: at), InsertBalances(movements: []),
            AddSellable(additions: []), ClaimFromPools(claims: []),
            StockLevelsAfter(sku: nil, after: nil, owner: nil, limit: 1),
            LedgerBefore(before: nil, oldest: nil, sku: nil, owner: nil, limit: 1),
            LedgerEntryAtDepth(before: nil, depth: 1), ZoneOffsets(instants: [], timeZone: "UTC"),
            LockStockCount(reference: receipt),
            InsertStockCount(
                id: .sample, reference: receipt,
                plan: StockCountPlan(warehouse: .sample, scope: .sku(.sample)), state: .planned, warehouse: .sample,
                location: nil, sku: nil),
            UpdateStockCount(id: .sample, state: .counting, postedAt: nil),
            InsertStockCountEvent(
                count: .sample, step: StockCountStep(id: .sample, event: .finish, from: .counting, to: .counted),
                principal: principal, at: at),
            StockCountEventByReference(count: .sample, event: .count, reference: receipt), LedgerPosition(),
            UncountedLots(
                count: StandingStockCount(
                    id: .sample, fingerprint: .sample, state: .counting, warehouse: .sample, warehouseCode: .sample,
                    location: nil, sku: nil, tolerance: .sample)),
            KnownCountLines(count: .sample, lot: .sample, place: place),
            OtherCountOfPlace(count: .sample, lot: .sample, place: place), AdjustedSinceCounted(count: .sample),
            LinesOfStockCount(count: .sample), counted, InsertCountEntry(event: .sample, line: counted),
            ExplainCountLine(
                count: .sample, location: .sample,
                explanation: StockCountExplanation(
                    reference: receipt, place: CountedPlace(lot: .sample, location: .sample), reason: .dried,
                    answerable: .sample)),
            PostCountLines(count: .sample, lines: []),
            InsertMovements(moves: [], document: .adjustment(.sample), at: at), ReadBalances(keys: []),
            TakeFromBalances(changes: PostedBalances()), AddToBalances(changes: PostedBalances()),
            StockCountsBefore(before: nil, warehouse: nil, limit: 1), StockCountByReference(reference: receipt),
            CountedLines(count: .sample),
            ShrinkageOfDays(first: .sample, last: .sample, timeZone: "UTC", limit: 1),
            ValuedSKUs(warehouse: .sample, timeZone: "UTC", limit: 1), StockCountDifferences(limit: 1),
            LockTransfer(reference: receipt),
            InsertTransfer(
                id: .sample, reference: receipt, fingerprint: .sample, state: .requested, from: .sample, to: .sample,
                expectedAt: nil),
            UpdateTransfer(id: .sample, state: .approved, expectedAt: nil),
            InsertTransferLines(transfer: .sample, lines: []),
            InsertTransferEvent(
                transfer: .sample, step: TransferStep(id: .sample, event: .load, from: .picking, to: .loaded),
                principal: principal, at: at),
            TransferEventByReference(transfer: .sample, event: .pick, reference: receipt),
            PicksOfTransfer(transfer: .sample), LotsOfTransfer(transfer: .sample),
            LineOfTransfer(transfer: .sample, sku: .sample, owner: .sample),
            AddToTransferLine(transfer: .sample, sku: .sample, owner: .sample, quantity: .sample),
            AddToTransferLot(
                transfer: .sample, goods: goods, quality: .good, storageClass: .chilled, quantity: .sample),
            InsertTransferPick(
                event: .sample, transfer: .sample, lot: .sample, quality: .good, location: .sample, quantity: .sample),
            DepartTransferLots(transfer: .sample), PutBackTransferLots(transfer: .sample),
            InsertTransferArrival(event: .sample, transfer: .sample, arrival: arrival, location: nil),
            ArriveTransferLot(transfer: .sample, arrival: arrival), IsInTransit(transfer: .sample),
            PickedPlaces(transfer: .sample), TransfersBefore(before: nil, warehouse: nil, isLate: false, limit: 1),
            TransferByReference(reference: receipt), LinesOfTransfer(transfer: .sample),
            GoodsOfTransfer(transfer: .sample), LossesOfTransfer(transfer: .sample, limit: 1), StockNeeds(limit: 1),
            TransferDifferences(limit: 1), TransferredDifferences(limit: 1),
            InboundsBefore(before: nil, oldest: nil, filter: InboundFilter(), limit: 1),
            LinesOfInbound(inbound: .sample),
            InsertAdjustment(
                id: .sample, reference: receipt, fingerprint: .sample, reverses: nil, movement: .sample, note: .sample,
                principal: principal, at: at),
            AdjustmentRecorded(reference: nil, reverses: nil), GoodsOfLot(lot: .sample),
            MovementToReverse(movement: .sample), LockPoolCounters(keys: []), TakeSellable(losses: []),
            InsertMovement(id: .sample, plan: plan, document: .adjustment(.sample), at: at),
            LockBalance(goods: goods, place: place), TakeFromBalance(goods: goods, place: place, quantity: .sample),
            AddToBalance(goods: goods, place: place, quantity: .sample),
            LotsBefore(before: nil, owner: nil, limit: 1),
            LotsOfSKUBefore(sku: .sample, before: nil, owner: nil, limit: 1),
            OrdersByKey(keys: []), SalesOfOrders(source: .sample, references: []),
            InsertOrders(), InsertOrderLines(), InsertTerms(), InsertOrderAudit(at: at), LockListed(skus: []),
            InsertOrderEvent(id: .sample, deed: "placed", orders: [], at: at),
            StartOfDay(day: CalendarDate(daysSince1970: 0), timeZone: "UTC"),
            SetLockTimeout(milliseconds: 1), OpenBatch(patience: nil), LockOrders(scope: batch),
            AwaitOrder(order: .sample), LockPools(scope: batch), OrdersThere(scope: batch),
            LinesOfOrders(scope: batch), SKUsOfBatch(scope: batch), ComponentsOfSets(codes: []),
            CountsOfBuyers(scope: batch), UpdateOrders(), UpdateClaims(), UpdateLines(), AddToBuyerCounts(),
            HoldsEndedAfter(after: HoldEnd(at: at, order: .sample), by: at, limit: 1),
            OrdersOverdueAfter(after: .sample, through: .sample, limit: 1, at: at),
            OrderDetailsRows(order: .id(.sample), source: nil), OrderAtDepth(before: nil, depth: 1),
            OrdersBefore(before: nil, oldest: nil, source: nil, state: nil, limit: 1), InsertRecipients(),
            RecipientOfOrder(order: .id(.sample), source: nil),
            EraseRecipients(after: nil, before: .sample, limit: 1, at: at), StrayRecipients(limit: 1),
            LedgerExtent(), BalanceDifferences(limit: 1), AdjustmentDifferences(limit: 1),
            ReversalDifferences(limit: 1), SellableByCode(warehouse: .sample, skus: []),
            PoolDifferences(limit: 1), BuyerCountDifferences(limit: 1),
            OrderSumDifferences(limit: 1), LineDifferences(limit: 1), PartDifferences(limit: 1),
            RepeatedOrders(limit: 1),
            StrayTerms(limit: 1), RecipientGaps(limit: 1), SKUsGuardingCounts(counts: []), InsertMissingPools(keys: []),
            LockPoolsOfSKUs(skus: []), InsertMissingBalances(balances: []), LockBalances(keys: []),
            RepairBalances(balances: []), RepairPools(pools: []), RepairBuyerCounts(counts: []), repair,
            InsertRepairEntries(repair: repair, entries: []),
            InsertToken(token: token, owner: nil, digest: .sample), RevokeToken(prefix: .sample, at: at),
            EndSessions(family: .sample, at: at), LockToken(token: .sample), LiveSignInCodes(issuer: nil, at: at),
            TokensAfter(limit: 1), LiveTokensByPrefix(prefixes: []), NoteTokenUse(token: .sample, at: at),
            EndOfDay(day: .sample, timeZone: "UTC"),
            InsertSignInCode(code: code, owner: nil, digest: .sample), LockSignInCode(handle: .sample, at: at),
            UpdateSignInCode(handle: .sample, wrongTries: 0, usedAt: nil, revokedAt: nil), RecentSignInCodes(limit: 1),
            FamilyOfLiveSession(session: .sample, at: at),
            OverlaySKUs(codes: [], owner: nil), InsertOverlaySKUs(token: .sample, skus: []), SKUsOfOverlays(tokens: []),
            SealsAfter(number: 0, limit: 1), LastSeal(), OldestTransaction(), AuditRowsAfter(id: .sample),
            AuditContents(after: .sample, through: .sample, limit: 1),
            InsertSeal(
                seal: Seal(
                    number: 1, range: .sample ... .sample, count: 1, contents: .sample, digest: .sample, sealedAt: at)),
            MappingsInOrder(source: nil),
            UpsertMapping(key: SheetMapping.Key(source: .sample, kind: .orders), definition: "x", at: at),
            DeleteMapping(key: SheetMapping.Key(source: .sample, kind: .orders)), LockOrdersByKey(keys: []),
            RefundLocked(orders: []),
            InsertShipments(rows: [], at: at), LockShipmentsToExport(source: .sample, since: at, limit: 1),
            LockShipmentsAgain(source: .sample, since: at, limit: 1), MarkShipmentsExported(shipments: [], at: at),
            WithdrawShipment(order: .sample, tracking: .sample, at: at),
            ShipmentsBefore(before: nil, source: nil, order: nil, limit: 1),
            ServerFacts(), SessionFacts(), ServiceRightsOf(role: "a"), LoadFacts(), DatabaseIdentity(),
            OrderStateDifferences(limit: 1), StrayLines(limit: 1), UnnumberedEvents(limit: 1),
            NumbersWithoutEvent(limit: 1), LeaseDifferences(), EventsAfter(number: 0, limit: 1),
            EventsOfSourceAfter(number: 0, limit: 1, source: .sample),
            EventsOfOwnerAfter(number: 0, limit: 1, owner: .sample), NewestEventNumber(), FeedSecret(),
            LockRelayLease(),
            UpdateRelayLease(
                lease: RelayLease(holder: nil, expiresAt: at, lastNumber: 0, settledBefore: .sample)),
            ReleaseRelayLease(holder: .sample), OutboxBacklog(), NumberEvents(from: .sample, after: 0, limit: 1),
            BoardRowsAfter(after: nil, limit: 1), BoardRowsOf(skus: []), BoardDigestNow(),
            PoolVersionsAfter(after: nil, limit: 1), RingDoorbell(doorbell: Doorbell(from: "a", for: .all)),
            LockSKUs(codes: []), KeepSKUs(codes: []), SetsAmong(codes: []), SetFactsOf(codes: []),
            ComponentsOfSet(set: .sample), DeleteComponents(set: .sample), InsertComponents(plan: set),
            SetRecipesAfter(after: nil, limit: 1), SetLevelsAfter(sku: nil, after: nil, limit: 1),
            LimitOfSKU(sku: .sample), UpsertBuyerLimit(sku: .sample, quantity: .sample, at: at),
            DeleteBuyerLimit(sku: .sample), LockPoolsCounted(sku: .sample), MeritsOfPools(scope: batch),
            ZonesOfBatch(scope: batch),
            RegionsOfOrders(scope: batch), CountGiven(), LockSourcing(), SourcingRules(sku: nil),
            SourcingShares(sku: nil), DeliveryZones(), DeleteSourcingRule(sku: nil),
            InsertSourcingRule(id: .sample, sku: nil, criteria: .sample), DeleteSourcingShares(sku: nil),
            InsertSourcingShares(sku: nil), ForgetGiven(sku: nil), DeleteDeliveryZones(warehouse: .sample),
            InsertDeliveryZones(warehouse: .sample, zones: []), WarehousesByCode(codes: []),
            MonthsFromNow(timeZone: "UTC"), ExistingPartitions(),
        ] + FulfilmentStatements.all
    }

    @Test("the catalog holds what growing needs", .onDatabase)
    func catalog() async throws {
        try await TestBase.with { base in
            let tables = """
                FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
                """
            #expect(try await base.number("SELECT count(*) \(tables)") > 20)
            let without = try await base.number(
                """
                SELECT count(*) \(tables)
                AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'p')
                """)
            #expect(without == 0, "tables without a primary key")
            let triggers = try await base.number(
                """
                SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal
                AND tgrelid IN (SELECT pg_class.oid \(tables))
                """)
            #expect(triggers == 0, "triggers")
            let rules = try await base.number(
                "SELECT count(*) FROM pg_rewrite WHERE ev_class IN (SELECT pg_class.oid \(tables))")
            #expect(rules == 0, "rules")
            let deferrable = try await base.number(
                "SELECT count(*) FROM pg_constraint WHERE condeferrable AND connamespace = current_schema()::regnamespace"
            )
            #expect(deferrable == 0, "deferrable constraints")
            let sequences = try await base.number(
                "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S'")
            #expect(sequences == 0, "sequences")
            let defaults = try await base.number(
                "SELECT count(*) FROM pg_partitioned_table WHERE partdefid <> 0 AND partrelid IN (SELECT pg_class.oid \(tables))"
            )
            #expect(defaults == 0, "default partitions")
        }
    }

    @Test("no index of a hot table names a column that changes, and every update of one is HOT", .onDatabase)
    func hotTables() async throws {
        try await TestBase.with { base in
            for (table, columns) in [
                ("pool", ["sellable", "held", "committed", "allotted", "version"]),
                ("balance", ["on_hand", "allocated"]),
                ("customer_order", ["state", "total_fen", "placed_total_fen", "revision"]),
                (
                    "order_line",
                    [
                        "claim", "expires_at", "cancelled", "amount_fen", "warehouse_id", "owner_id", "reason", "bound",
                        "shipped",
                    ]
                ), ("buyer_count", ["taken", "most"]),
                ("sourcing_taken", ["taken", "turn"]),
            ] {
                let list = columns.map { "'\($0)'" }.joined(separator: ", ")
                let indexed = try await base.number(
                    """
                    SELECT count(*) FROM pg_index
                    JOIN pg_attribute ON attrelid = indrelid
                    WHERE indrelid = '\(table)'::regclass AND attname IN (\(list))
                    AND (attnum = ANY (indkey::smallint[])
                        OR pg_get_expr(indpred, indrelid) ~ attname OR pg_get_expr(indexprs, indrelid) ~ attname)
                    """)
                #expect(indexed == 0, "\(table)")
            }
            try await base.stockMelons(1_000)
            try await base.withIntake { intake in
                // As many versions as one page holds: pruning it would depend on how old the other tests' snapshots are.
                for number in 0..<40 { _ = try await intake.desk.place(Melons.order("\(number)", melons: 1)) }
            }
            // The server's counters come late; it says them at once for the session that asks for its own.
            try await base.pool.withConnection { connection in
                _ = try await connection.query(sql: "SELECT pg_stat_force_next_flush()::text IS NULL") {
                    row throws(DecodingFailure) in try row.next(Bool.self)
                }
            }
            let updates = "FROM pg_stat_user_tables WHERE relid = 'pool'::regclass"
            #expect(try await base.number("SELECT n_tup_upd \(updates)") > 0)
            #expect(try await base.number("SELECT n_tup_upd - n_tup_hot_upd \(updates)") == 0)
        }
    }
}
