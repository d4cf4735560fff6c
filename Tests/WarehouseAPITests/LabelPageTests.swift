import CloudWarehouse
import Postgres
import QRCode
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("Labels to print", .onDatabase, .serialized)
struct LabelPageTests {
    private func page(_ target: String, of shop: Shop) async throws -> Answer {
        try await shop.ask(Question.get(target).browsing(try await shop.session(.warehouse)))
    }

    /// What stands in the codes of a page, as their pictures were made of it: each picture is that of its name.
    private func codes(of page: String) -> [String] {
        page.matches(of: /<svg role="img" aria-label="([^"]*)"[^>]*><path d="([^"]*)"\/>/).map { match in
            let code = String(match.1)
            #expect(String(match.2) == QRCode(code)?.path)
            return code
        }
    }

    @Test("the labels of a warehouse's open locations, of all or of one zone", arguments: Door.allCases)
    func locations(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let (stock, by) = (shop.base.stock, shop.base.principal)
            let zone = try ZoneCode("F")
            _ = try await stock.addZone(code: zone, in: Melons.warehouse, name: Name("冷冻区"), by: by)
            for (code, terms) in [
                ("F-01", LocationTerms(storageClass: .frozen, zone: zone)),
                ("F-02", LocationTerms(storageClass: .frozen, zone: zone, isClosed: true)),
                ("a<b>&\"'", LocationTerms(storageClass: .ambient, purpose: .receiving)),
            ] {
                _ = try await stock.addLocation(code: LocationCode(code), in: Melons.warehouse, terms: terms, by: by)
            }
            let all = try await page("/labels/locations?warehouse=main", of: shop)
            #expect(all.status == 200)
            #expect(all.text.contains(#"<link rel="stylesheet" href="/assets/labels.css">"#))
            #expect(all.text.contains("共 3 张标签，100 × 60 毫米") && all.text.contains("<p>存储 · 冷藏</p>"))
            #expect(all.text.contains("<p>收货 · 常温</p>") && !all.text.contains("a<b>"))
            #expect(all.text.contains(#"aria-label="LOC main A-01""#))
            let one = try await page("/labels/locations?warehouse=main&zone=F&lang=en", of: shop)
            #expect(codes(of: one.text) == ["LOC main F-01"])
            #expect(one.text.contains("1 labels of 100 × 60 mm") && one.text.contains("<p>Zone F</p>"))
            #expect(try await page("/labels/locations?warehouse=nowhere", of: shop).status == 404)
            #expect(try await page("/labels/locations", of: shop).status == 404)
            let choice = try await page("/labels", of: shop)
            #expect(choice.text.contains(#"<option value="main">主仓</option>"#))
            for (asked, looks) in [("76x130", "76x130"), ("100x150", "100x150"), ("x", "100x60"), ("", "100x60")] {
                let page = try await page("/labels/locations?warehouse=main&paper=\(asked)", of: shop).text
                #expect(
                    page.matches(of: /<section class="label paper-([0-9x]+)">/).map { String($0.1) } == [
                        looks, looks, looks,
                    ])
                #expect(page.contains(looks.replacing("x", with: " × ") + " 毫米"))
            }
        }
    }

    @Test("the labels of a delivery's lots say what people sort by", arguments: Door.allCases)
    func lots(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let line = Receipt.Line(
                sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(3),
                harvestedOn: CalendarDate("2026-11-20"), expiresOn: CalendarDate("2099-12-01"),
                grade: Grade(rawValue: "特级"))
            let receipt = try Receipt(
                reference: ReceiptReference(rawValue: "RK 1/甲")!, warehouse: Melons.warehouse,
                location: Melons.location, lines: [line])
            _ = try await shop.base.stock.receive(receipt, by: shop.base.principal)
            let lot = try #require(try await shop.base.stock.lots().lots.first).id
            let labels = try await page("/labels/lots?inbound=RK+1%2F%E7%94%B2", of: shop)
            #expect(labels.status == 200)
            #expect(codes(of: labels.text) == ["LOT \(lot)"])
            for words in ["伊马乔大棚甜瓜", "采收 2026-11-20", "保质期到 2099-12-01", "等级 特级", "RK 1/甲"] {
                #expect(labels.text.contains(words), "\(words)")
            }
            #expect(try await page("/labels/lots?inbound=RK-9", of: shop).status == 404)
        }
    }

    @Test("more locations than fit on one page are reached by the next one", arguments: [Door.allCases[0]])
    func paging(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            try await shop.base.owner.execute(
                sql: """
                    INSERT INTO location (id, warehouse_id, code, kind, storage_class, created_at)
                    SELECT gen_random_uuid(), warehouse.id, 'B&' || lpad(number::text, 3, '0'), 'storage', 'ambient', now()
                    FROM warehouse, generate_series(1, 500) AS number
                    """)
            let first = try await page("/labels/locations?warehouse=main", of: shop).text
            #expect(first.matches(of: /<section class="label paper-100x60">/).count == 500)
            let next = try #require(first.firstMatch(of: /<a id="next" href="([^"]*)"/))
            let target = String(next.1).replacing("&amp;", with: "&")
            #expect(target == "/labels/locations?warehouse=main&zone=&after=B%26499&paper=100x60&lang=zh")
            let second = try await page(target, of: shop).text
            #expect(codes(of: second.replacing("&amp;", with: "&")) == ["LOC main B&500"])
            #expect(!second.contains("id=\"next\""))
        }
    }
}
