import Postgres
import Testing

@testable import CloudWarehouse

@Suite("Deciding a batch")
struct OrderDeciderTests {
    @Test("first come, first served; a large order that is refused does not block the small ones behind it")
    func firstCome() throws {
        var shop = try DecidedShop(["melon": [5]])
        #expect(
            shop.run([
                DecidedShop.place("1", ["melon": 3]), DecidedShop.place("2", ["melon": 9]),
                DecidedShop.place("3", ["melon": 2]), DecidedShop.place("4", ["melon": 1]),
            ]) == ["placed 3", "melon: 9 asked for, 2 left", "placed 2", "melon: 1 asked for, 0 left"])
        #expect(shop.left("melon") == [0])
    }

    @Test("an order is placed as a whole or takes nothing")
    func wholeOrNothing() throws {
        var shop = try DecidedShop(["melon": [5], "rice": [499]])
        #expect(
            shop.run([
                DecidedShop.place("1", ["melon": 2, "rice": 500]), DecidedShop.place("2", ["melon": 5]),
            ]) == ["rice: 500 asked for, 499 left", "placed 5"])
        #expect(shop.left("rice") == [499])
    }

    @Test("the same SKU on two lines is summed before it is claimed")
    func sameSKUTwice() throws {
        var shop = try DecidedShop(["melon": [6]])
        #expect(shop.run([DecidedShop.place("1", ["melon": 3, "melon": 4])]) == ["melon: 7 asked for, 6 left"])
        #expect(shop.run([DecidedShop.place("1", ["melon": 3, "melon": 3])]) == ["placed 6"])
    }

    @Test(
        "a repetition gets the first one's answer and takes nothing, in the batch and later; another body is a conflict"
    )
    func repetition() throws {
        var shop = try DecidedShop(["melon": [5]])
        #expect(
            shop.run([
                DecidedShop.place("1", ["melon": 2]), DecidedShop.place("1", ["melon": 2]),
                DecidedShop.place("1", ["melon": 1]), DecidedShop.place("2", ["melon": 3]),
            ]) == ["placed 2", "placed 2", "the reference was used for another order", "placed 3"])
        #expect(
            shop.run([
                DecidedShop.place("1", ["melon": 2]), DecidedShop.place("1", ["melon": 2], .paidElsewhere),
                DecidedShop.place("1", ["melon": 2], buyer: "li"),
            ]) == ["placed 2"] + Array(repeating: "the reference was used for another order", count: 2))
        #expect(shop.last?.deeds.isEmpty == true)
    }

    @Test("after a refusal the same reference is decided anew")
    func refusedReference() throws {
        var shop = try DecidedShop(["melon": [5]])
        #expect(
            shop.run([DecidedShop.place("1", ["melon": 6]), DecidedShop.place("1", ["melon": 5])])
                == ["melon: 6 asked for, 5 left", "placed 5"])
    }

    @Test("the answer of a repetition stays what it was, whatever has become of the order")
    func repeatedAnswer() throws {
        var shop = try DecidedShop(["melon": [5]])
        let order = DecidedShop.place("1", ["melon": 4])
        #expect(
            shop.run([order, DecidedShop.reduce("1", [1: 1]), order]) == ["placed 4", "committed 1 r1", "placed 4"])
        #expect(shop.run([order]) == ["placed 4"])
        #expect(shop.order("1")?.placedTotal == Fen(rawValue: 4))
        #expect(shop.run([DecidedShop.change("1", .cancel), order]) == ["cancelled 1 r1", "placed 4"])
    }

    @Test("unknown SKUs, missing prices and immense amounts are refused, and a line's own price is taken")
    func prices() throws {
        var shop = try DecidedShop(["melon": [1_000_000_000]])
        func order(_ code: String, _ quantity: Int64, at fen: Int64? = nil) -> OrderCommand {
            let price = fen.map { try! Price(fen: Fen(rawValue: $0), per: Quantity(1)) }
            return .place(
                try! PlaceOrder(
                    source: DecidedShop.source, reference: OrderReference(rawValue: "\(fen ?? 0)")!,
                    lines: [PlaceOrder.Line(sku: try! SKUCode(code), quantity: try! Quantity(quantity), price: price)],
                    payment: .paid))
        }
        #expect(
            shop.run([
                order("nothing", 1), order("melon", 1, at: 1_234), order("melon", 10_000_000, at: 1_000_000_000_000),
            ]) == ["nothing: there is no such SKU", "placed 1234", "the order's amount is too large"])
        shop.reprice("melon", to: nil)
        #expect(shop.run([order("melon", 1)]) == ["melon: it has no price"])
        #expect(shop.run([order("melon", 1, at: 99)]) == ["placed 99"])
    }

    @Test("several changes of one order in one batch are made one after another, also of an order that is new in it")
    func changesInOneBatch() throws {
        var shop = try DecidedShop(["melon": [5]])
        let hold = PlaceOrder.Payment.due(withinSeconds: 60)
        #expect(
            shop.run([
                DecidedShop.place("1", ["melon": 2], hold), DecidedShop.edit("1", ["melon": 5]),
                DecidedShop.change("1", .pay), DecidedShop.edit("1", ["melon": 1]),
                DecidedShop.reduce("1", [2: 3]), DecidedShop.place("2", ["melon": 2]),
                DecidedShop.change("1", .cancel), DecidedShop.change("1", .pay),
                DecidedShop.change("2", .cancel), DecidedShop.change("2", .cancel),
            ]) == [
                "placed 2", "held 5 r1", "committed 5 r1", "an order that is committed is not edited any more",
                "committed 3 r2", "placed 2", "cancelled 3 r2",
                "an order that is cancelled is not paid any more: it claims nothing", "cancelled 2 r0",
                "cancelled 2 r0 again",
            ])
        #expect(shop.left("melon") == [5])
        #expect(
            shop.last?.deeds.map(\.kind)
                == [
                    .place, .change(.edit), .change(.pay), .change(.reduce), .place, .change(.cancel), .change(.cancel),
                ])
    }

    @Test("an order that is not there, or another source's, is not changed")
    func unknownOrder() throws {
        var shop = try DecidedShop(["melon": [5]])
        #expect(shop.run([DecidedShop.place("1", ["melon": 2])]) == ["placed 2"])
        let id = try #require(shop.order("1")?.id)
        let other = OrderSource(rawValue: "other")!
        #expect(
            shop.run([
                DecidedShop.change("2", .cancel), .change(try! ChangeOrder(.cancel, .id(.sample), by: nil)),
                .change(try! ChangeOrder(.cancel, .id(id), from: other, by: nil)),
                .change(try! ChangeOrder(.cancel, .id(id), from: DecidedShop.source, by: nil)),
            ]) == Array(repeating: "there is no such order", count: 3) + ["cancelled 2 r0"])
    }

    @Test("another source's order is not there for whoever asks, also while somebody else has it locked")
    func foreignAndLocked() throws {
        var shop = try DecidedShop(["melon": [5]])
        #expect(shop.run([DecidedShop.place("1", ["melon": 2])]) == ["placed 2"])
        let id = try #require(shop.order("1")?.id)
        let other = OrderSource(rawValue: "other")!
        let cancels = [other, DecidedShop.source, nil].map {
            OrderCommand.change(try! ChangeOrder(.cancel, .id(id), from: $0, by: nil))
        }
        #expect(
            shop.run(cancels, lockedByOthers: [.order(id)]) == ["there is no such order", "waits", "waits"])
    }

    @Test("a hold is ended when its time is over, and not before, whoever says so")
    func expiry() throws {
        var shop = try DecidedShop(["melon": [5]])
        #expect(shop.run([DecidedShop.place("1", ["melon": 2], .due(withinSeconds: 10))]) == ["placed 2"])
        shop.pass(.milliseconds(9_999))
        #expect(shop.run([DecidedShop.change("1", .expire)]) == ["held 2 r0 again"])
        #expect(shop.left("melon") == [3])
        shop.pass(.milliseconds(1))
        #expect(
            shop.run([DecidedShop.change("1", .expire), DecidedShop.change("1", .expire)])
                == ["released 2 r0", "released 2 r0 again"])
        #expect(shop.left("melon") == [5])
    }

    @Test("what needs a row that somebody else has locked waits and changes nothing; everything else goes on")
    func obstacles() throws {
        var shop = try DecidedShop(["melon": [5], "rice": [9], "box": []])
        shop.makeSet("box", of: ["melon": 1])
        let hold = PlaceOrder.Payment.due(withinSeconds: 60)
        _ = shop.run([
            DecidedShop.place("m", ["melon": 2], hold), DecidedShop.place("r", ["rice": 2], hold),
        ])
        let melons = IntakeSnapshot.Obstacle.sku(shop.sku("melon"))
        #expect(
            shop.run(
                [
                    DecidedShop.place("1", ["melon": 1]), DecidedShop.place("2", ["rice": 1, "melon": 1]),
                    DecidedShop.place("3", ["box": 1]), DecidedShop.change("m", .pay),
                    DecidedShop.edit("r", ["melon": 1]), DecidedShop.place("m", ["melon": 2], hold),
                    DecidedShop.place("4", ["rice": 7]), DecidedShop.place("5", ["melon": 1, "nothing": 1]),
                    DecidedShop.reduce("r", [1: 1]),
                ], lockedByOthers: [melons])
                == [
                    "waits", "waits", "waits", "waits", "waits", "placed 2", "placed 7",
                    "nothing: there is no such SKU", "held 1 r1",
                ])
        let order = IntakeSnapshot.Obstacle.order(try #require(shop.order("r")?.id))
        #expect(
            shop.run(
                [DecidedShop.change("r", .cancel), DecidedShop.change("m", .cancel)], lockedByOthers: [order])
                == ["waits", "cancelled 2 r0"])
        #expect(shop.left("melon") == [5] && shop.left("rice") == [1])
    }
}
