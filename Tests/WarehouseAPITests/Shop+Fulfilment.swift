import CloudWarehouse
import Postgres
import Testing
import WarehouseTesting

@testable import WarehouseAPI

extension Shop {
    /// A wave as the documents' examples have it: `W-1201` of two orders, released and picked, whose first parcel was handed over
    /// on `JJ-1201`.
    func fulfilled(_ sku: SKUCode = Melons.melon, at location: LocationCode = Melons.location) async throws {
        let (by, fulfilment) = (base.principal, services.stock.fulfilment)
        _ = try await base.stock.addLocation(
            code: LocationCode("P-01"), in: Melons.warehouse,
            terms: LocationTerms(storageClass: .chilled, purpose: .packing), by: by)
        for number in 1...2 {
            _ = try await ask(
                .order(
                    #"{"source":"shop","reference":"wave \#(number)","lines":[{"sku":"\#(sku)","quantity":1}]}"#))
        }
        let code = try WaveCode("W-1201")
        var terms = WaveTerms(warehouse: Melons.warehouse, kind: .single)
        terms.source = Melons.source
        _ = try await fulfilment.plan(code, terms, by: by)
        _ = try await fulfilment.release(code, by: by)
        for task in try await fulfilment.picks(of: code) where task.sku == sku && task.location == location {
            let pick = WavePick(reference: ReceiptReference(rawValue: "p1")!, location: task.location, lot: task.lot)
            _ = try await fulfilment.pick(pick, for: code, by: by)
        }
        let scan = try #require(ParcelScan("W-1201-1"))
        _ = try await fulfilment.pack([PackScan(scan)], by: by)
        _ = try await fulfilment.handOver([scan], on: ManifestCode("JJ-1201"), to: nil, by: by)
    }
}
