import Postgres

@testable import CloudWarehouse

/// Every statement of fulfilment, to be held against the schema.
enum FulfilmentStatements {
    static let at = Timestamp.sample
    static let terms = WaveTerms(warehouse: .sample, kind: .multi)
    static let candidates = WaveCandidates(terms: terms, warehouse: .sample, endOfDay: at, since: .sample)
    static let standing = StandingWave(
        id: .sample, code: .sample, fingerprint: .sample, state: .planned, kind: .multi, warehouse: .sample,
        packing: .sample, carrier: nil, shipOn: .sample, isPartial: false, mostGrams: nil, slots: 4, groups: 1,
        releasedThrough: 0, parcels: 0)

    static var all: [any Statement] { waves + parcels + picks }

    private static var waves: [any Statement] {
        [
            LockWave(code: .sample),
            InsertWave(
                id: .sample, code: .sample, terms: terms, warehouse: .sample, packing: .sample, shipOn: .sample, at: at),
            CountWaveOrders(wave: .sample), SetWaveState(wave: .sample, state: .closed),
            AdvanceWave(wave: .sample, state: .released, releasedThrough: 1, parcels: 1, releasedAt: at),
            ParcelsInHouse(wave: .sample), PackingLocations(warehouse: .sample, code: nil),
            InsertWaveOrders(candidates: candidates, wave: .sample),
            DemandOfCandidates(candidates: candidates, shipOn: .sample), CountCandidates(candidates: candidates),
            OutcomesOfWave(wave: .sample), LockOrdersOfGroups(wave: .sample, after: 0, through: 1),
            OrdersToBind(wave: .sample, orders: []), LinesToBind(orders: [], warehouse: .sample),
            ShelvesOfSKUs(skus: [], warehouse: .sample, shipOn: .sample),
            SetBindingOutcomes(wave: .sample, outcomes: []), ChangeLinesBound(changes: []), MakeBalances(keys: []),
            ChangeBalances(changes: []), InsertParcels(wave: standing), InsertParcelOrders(),
            InsertParcelItems(wave: .sample), WaveByCode(code: .sample), WavesBefore(before: nil, limit: 1),
            ParcelsOfWave(wave: .sample, after: 0, state: nil, limit: 1),
            ParcelsOfManifest(manifest: .sample, after: nil, limit: 1),
            UpsertPacking(sku: .sample, packing: SKUPacking()), PackingOfSKU(sku: .sample),
        ]
    }

    private static var parcels: [any Statement] {
        [
            FindParcels(scans: []), LockParcels(parcels: []), LockOrdersOfParcels(parcels: []),
            OrdersAtGate(parcels: []), ItemsOfParcels(parcels: []), SetItemStates(items: [], state: .picked),
            SetParcelStates(parcels: [], state: .picked), PackParcels(parcels: [], at: at),
            ProgressOfOrders(orders: []), AdvanceOrders(orders: []), AdvanceClaims(orders: []),
            InsertManifest(id: .sample, code: .sample, carrier: nil, at: at), ManifestByCode(code: .sample),
            ShipParcels(parcels: [], manifest: .sample, at: at), ShipFromPools(shipped: []),
            NumberParcel(parcel: .sample, carrier: .sample, tracking: .sample),
            ParcelOfNumber(carrier: .sample, tracking: .sample), RelabelParcel(parcel: .sample, orders: []),
            AddressesOfOrders(orders: []), AllocationDifferences(limit: 1), BoundLineDifferences(limit: 1),
            ParcelDifferences(limit: 1), PickDifferences(limit: 1),
        ]
    }

    private static var picks: [any Statement] {
        let pick = WavePick(reference: .sample, location: .sample, lot: .sample)
        return [
            ParcelsToPick(wave: .sample, location: .sample, lot: .sample, round: nil),
            InsertWavePick(
                wave: .sample, pick: pick, location: .sample, result: PickResult(asked: 1, found: 1, rebound: 0),
                principal: try! Principal(name: "a", origin: "b"), at: at),
            WavePickByReference(wave: .sample, reference: .sample),
            DoubtShelf(location: .sample, lot: .sample, missing: 1, at: at), EndDoubt(location: .sample, lot: .sample),
            EndDoubts(places: []), SKUsOfParcels(parcels: []),
            ShippingDayNow(at: at, since: .sample, begin: at, cutOff: at, hour: at), LowerItems(items: []),
            MarkShort(parcels: []), PicksOfWave(wave: .sample, round: nil, limit: 1),
        ]
    }
}
