import Postgres

/// What some groups of a wave are given: decided from what was read under the locks, and then written.
struct WaveBinding {
    let wave: StandingWave
    private(set) var outcomes: [(order: ID<CustomerOrder>, outcome: BindingOutcome)] = []
    private(set) var parcels: [ParcelDraft] = []
    private let facts: [ID<CustomerOrder>: OrderToBind]
    private var balances = BalanceChanges()

    init(
        wave: StandingWave, orders: [OrderToBind], lines: [LineToBind], shelves: [Shelf]
    ) throws(FulfilmentError) {
        self.wave = wave
        facts = Dictionary(orders.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let wanted = Dictionary(grouping: lines, by: \.order)
        var binder = OrderBinder(lots: LotBinder(shelves), isPartial: wave.isPartial)
        var bound: [(group: RecipientGroup, line: BoundLine)] = []
        for order in orders {
            guard order.mayBeBound else {
                outcomes.append((order.id, .changed))
                continue
            }
            let result = binder.bind(wanted[order.id] ?? [])
            outcomes.append((order.id, result.outcome))
            bound += result.bound.map { (order.recipientGroup, $0) }
        }
        let maker = ParcelMaker(mostGrams: wave.mostGrams, isSingle: wave.kind == .single)
        parcels = try maker.parcels(of: bound)
        for item in parcels.flatMap(\.items) {
            balances.add(
                BalanceKey(good: item.lot, of: item.sku, at: item.location), of: item.owner, allocated: item.quantity)
        }
    }

    /// Adds what is to be written. The balances were locked when the shelves were read.
    mutating func write(to pipeline: inout Pipeline, at now: Timestamp) {
        pipeline.add(SetBindingOutcomes(wave: wave.id, outcomes: outcomes))
        if parcels.isEmpty { return }
        var ids = IDGenerator(at: now)
        var (rows, orders, items) = (InsertParcels(wave: wave), InsertParcelOrders(), InsertParcelItems(wave: wave.id))
        var changes: [LineKey: ChangeLinesBound.Change] = [:]
        for (index, draft) in parcels.enumerated() {
            let row = InsertParcels.Entry(id: ids.next(), number: wave.parcels + Int32(index) + 1, draft: draft)
            rows.rows.append(row)
            for order in draft.orders.sorted() {
                guard let fact = facts[order] else { preconditionFailure("a parcel of an order that nobody has read") }
                orders.rows.append((row.id, fact))
            }
            for item in draft.items {
                items.rows.append((ids.next(), row.id, item))
                let key = LineKey(order: item.order, position: item.position)
                changes[key, default: .init(order: item.order, position: item.position)].bound += item.quantity
            }
        }
        pipeline.add(rows)
        pipeline.add(orders)
        pipeline.add(items)
        pipeline.add(ChangeLinesBound(changes: Array(changes.values)))
        balances.write(to: &pipeline)
    }
}

/// Which line of which order.
struct LineKey: Hashable {
    let order: ID<CustomerOrder>
    let position: Int16
}

/// Writes a wave's parcels.
struct InsertParcels: Command {
    struct Entry: Hashable {
        let id: ID<Parcel>
        let number: Int32
        let draft: ParcelDraft
    }

    let wave: StandingWave
    var rows: [Entry] = []

    static let sql = """
        INSERT INTO parcel (id, wave_id, number, state, round, slot, storage_class, carrier, expected_grams, is_short)
        SELECT id, $1, number, 'bound', round, slot, storage_class, $2, expected_grams, false
        FROM unnest($3::uuid[], $4::integer[], $5::smallint[], $6::smallint[], $7::text[], $8::bigint[])
            AS new (id, number, round, slot, storage_class, expected_grams)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave.id)
        parameters.append(wave.carrier)
        parameters.append(rows.map(\.id))
        parameters.append(rows.map(\.number))
        parameters.append(rows.map(round))
        parameters.append(rows.map(slot))
        parameters.append(rows.map(\.draft.storageClass))
        parameters.append(rows.map(\.draft.expectedGrams))
    }

    /// The wall is filled once in each round.
    private func round(_ row: Entry) -> Int16 {
        wave.slots.map { Int16(clamping: (row.number - 1) / Int32($0) + 1) } ?? 1
    }

    private func slot(_ row: Entry) -> Int16? {
        wave.slots.map { Int16((row.number - 1) % Int32($0) + 1) }
    }
}

/// Writes which orders are in which parcels, as they are now.
struct InsertParcelOrders: Command {
    var rows: [(parcel: ID<Parcel>, order: OrderToBind)] = []

    static let sql = """
        INSERT INTO parcel_order (parcel_id, order_id, address_version)
        SELECT parcel_id, order_id, address_version
        FROM unnest($1::uuid[], $2::uuid[], $3::smallint[])
            AS new (parcel_id, order_id, address_version)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(rows.map(\.parcel))
        parameters.append(rows.map(\.order.id))
        parameters.append(rows.map(\.order.addressVersion))
    }
}

/// Writes what is to be in which parcel.
struct InsertParcelItems: Command {
    let wave: ID<Wave>
    var rows: [(id: ID<ParcelItem>, parcel: ID<Parcel>, item: ItemDraft)] = []

    static let sql = """
        INSERT INTO parcel_item (id, wave_id, parcel_id, order_id, position, sku_id, owner_id, lot_id, location_id, quantity,
            state)
        SELECT id, $1, parcel_id, order_id, position, sku_id, owner_id, lot_id, location_id, quantity, 'bound'
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[],
            $10::bigint[])
            AS new (id, parcel_id, order_id, position, sku_id, owner_id, lot_id, location_id, quantity)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(rows.map(\.id))
        parameters.append(rows.map(\.parcel))
        parameters.append(rows.map(\.item.order))
        parameters.append(rows.map(\.item.position))
        parameters.append(rows.map(\.item.sku))
        parameters.append(rows.map(\.item.owner))
        parameters.append(rows.map(\.item.lot))
        parameters.append(rows.map(\.item.location))
        parameters.append(rows.map(\.item.quantity))
    }
}
