import CloudWarehouse
import JSON
import Postgres
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("Waves and parcels over HTTP", .onDatabase, .serialized)
struct WavesResourceTests {
    @Test("a wave from the plan to the manifest, through both doors", arguments: Door.allCases)
    func walk(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let packing = #"{"code":"P-01","storage_class":"chilled","purpose":"packing"}"#
            #expect(try await shop.ask(.post(packing, to: "/v1/warehouses/main/locations")).status == 201)
            for number in 1...3 {
                let order = #"{"source":"shop","reference":"\#(number)","lines":[{"sku":"melon","quantity":2}]}"#
                #expect(try await shop.ask(.order(order)).status == 201)
            }
            let terms = #"{"warehouse":"main","kind":"single"}"#
            let preview = try await shop.ask(.post(terms, to: "/v1/wave-previews")).json()
            #expect(preview["orders"] == .integer(3) && preview.at("demands", 0)?["bindable"] == .integer(10))
            let late = #"{"warehouse":"main","kind":"single","ship_on":"2020-01-01"}"#
            let unseen = try await shop.ask(.post(late, to: "/v1/wave-previews"))
            #expect(try unseen.faults() == ["/ship_on invalid_body"])
            let unplanned = try await shop.ask(.post(#"{"code":"W-1","terms":\#(late)}"#, to: "/v1/waves"))
            #expect(try unplanned.faults() == ["/terms/ship_on invalid_body"])
            let planned = try await shop.ask(.post(#"{"code":"W-1","terms":\#(terms)}"#, to: "/v1/waves"))
            #expect(try planned.json()["state"] == .string("planned"))
            let released = try await shop.ask(.post(#"{"event":"release"}"#, to: "/v1/waves/W-1/steps"))
            #expect(try released.json()["bound"] == .integer(3))
            let shown = try await shop.ask(.get("/v1/waves/W-1")).json()
            #expect(shown.at("picks", 0)?["quantity"] == .integer(6))
            let packed = try await shop.ask(
                .post(
                    #"{"event":"pack","scans":[{"scan":"W-1-1"},{"scan":"W-1-1"},{"scan":"W-1-9"}]}"#,
                    to: "/v1/parcels/steps")
            ).json()
            #expect(packed.at("results", 0)?["outcome"] == .string("done"))
            #expect(packed.at("results", 1)?["outcome"] == .string("repeated"))
            #expect(packed.at("results", 2)?["reason"] == .string("unknown"))
            #expect(try await shop.ask(.get("/v1/stock/melon")).text.contains(#""available":4"#))
            let handed = try await shop.ask(
                .post(
                    #"{"event":"hand_over","manifest":"JJ-1","scans":[{"scan":"W-1-1"},{"scan":"W-1-2"}]}"#,
                    to: "/v1/parcels/steps")
            ).json()
            #expect(handed.at("results", 0)?["outcome"] == .string("done"))
            #expect(handed.at("results", 1)?["reason"] == .string("not_packed"))
            let manifest = try await shop.ask(.get("/v1/manifests/JJ-1")).json()
            #expect(manifest.at("parcels", 0)?["label"] == .string("W-1-1") && manifest.at("parcels", 1) == nil)
            #expect(try await shop.ask(.get("/v1/today")).json()["done_parcels"] == .integer(1))
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test(
        "an order that is cancelled after its label was printed stops the parcel, and programs can tell by the reason")
    func stopped() async throws {
        try await Shop.with(.inProcess) { shop in
            try await shop.base.stockMelons(10)
            try await shop.fulfilled()
            let id = try await shop.base.owner.query(
                sql: "SELECT id FROM customer_order WHERE reference = 'wave 2'"
            ) { row throws(DecodingFailure) in try row.next(ID<CustomerOrder>.self) }[0]
            #expect(try await shop.ask(.post("", to: "/v1/orders/\(id)/cancel", as: nil)).status == 200)
            let scan = #"{"event":"pack","scans":[{"scan":"W-1201-2"}]}"#
            let answer = try await shop.ask(.post(scan, to: "/v1/parcels/steps")).json()
            #expect(answer.at("results", 0)?["reason"] == .string("stopped_cancelled"))
        }
    }
}

extension JSONValue {
    /// An element of a member that is an array; nil where there is none.
    fileprivate func at(_ name: String, _ index: Int) -> JSONValue? {
        guard case .array(let elements)? = self[name], elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}
