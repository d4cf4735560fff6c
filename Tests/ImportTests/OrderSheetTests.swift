import FoundationEssentials
import Testing

@testable import CloudWarehouse
@testable import Spreadsheet

/// A platform's export, read and grouped without a database.
@Suite("Orders of a platform's export")
struct OrderSheetTests {
    private static let units: [SKUCode: BaseUnit] = [
        SKUCode(rawValue: "melon")!: .piece, SKUCode(rawValue: "pear")!: .piece, SKUCode(rawValue: "rice")!: .gram,
    ]
    private static let header =
        "订单编号,商家编码,商品数量,商品单价,商品金额,收件人,收件人手机号,省,市,区,详细地址,订单状态,售后状态,买家留言\n"

    private func plan(
        _ text: String, mapping: String = "", limits: ImportLimits = OrderPlan.limits, takesRecipients: Bool = true
    ) throws -> OrderPlan {
        try plan(Array(text.utf8), mapping: mapping, limits: limits, takesRecipients: takesRecipients)
    }

    private func plan(
        _ bytes: [UInt8], mapping: String = "", limits: ImportLimits = OrderPlan.limits, takesRecipients: Bool = true
    ) throws -> OrderPlan {
        let path = "/tmp/yuncang-orders-\(UUID().uuidString)"
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let text = try MappingText(mapping)
        let contents = try SheetFile(path: path).read(
            OrderSheet(units: Self.units, states: text.states, takesRecipients: takesRecipients),
            mapping: try ColumnMapping(pairs: text.pairs), limits: limits)
        return OrderPlan(
            contents, source: try #require(OrderSource(rawValue: "douyin")), by: try Principal(name: "a", origin: "b"))
    }

    private func problems(_ plan: OrderPlan) -> [String] {
        plan.problems.map { "\($0.line) \($0.column ?? "-") \($0.code.rawValue)" }
    }

    @Test("rows of one number are one order, wherever they stand, priced to the fen, with its recipient")
    func grouping() throws {
        let plan = try plan(
            Self.header
                + "A1,melon,2,\"¥1,234.50\",,王小明,13812345678,山东省,淄博市,高青县,某村 1 号,待发货,无,快点\n"
                + "B2,pear,3,,10.00,李四,13900000000,山东省,济南市,历下区,某路,待发货,-,\n"
                + "A1,rice,25斤,3.5/斤,,,,,,,,待发货,,\n")
        #expect(problems(plan) == [])
        #expect(plan.orders.map(\.order.key.reference.rawValue) == ["A1", "B2"])
        let first = plan.orders[0]
        #expect(first.order.lines.map(\.sku.rawValue) == ["melon", "rice"])
        #expect(first.order.lines.map(\.quantity.rawValue) == [2, 12_500])
        #expect(first.order.lines[0].price == (try Price(fen: Fen(rawValue: 123_450), per: Quantity(1))))
        #expect(first.order.payment == .paidElsewhere && first.rows.map(\.line) == [2, 4])
        #expect(first.order.recipient?.region == "山东省淄博市高青县" && first.order.recipient?.phone == "13812345678")
        // Ten yuan for three: a third of it is no whole number of fen, the whole is.
        let line = plan.orders[1].order.lines[0]
        #expect(try line.price?.amount(for: line.quantity) == Fen(rawValue: 1_000))
        #expect(first.details == [.note: "快点"] && plan.notKept == [.note])
    }

    @Test("the same order is the same one however the platform turns its rows")
    func fingerprints() throws {
        let rows = ["A1,melon,2,9.9\n", "A1,pear,1,5\n", "A1,melon,1,9.9\n"]
        let header = "订单号,规格编码,数量,单价\n"
        let one = try plan(header + rows.joined())
        let other = try plan(header + rows.reversed().joined())
        #expect(one.orders[0].order.fingerprint == other.orders[0].order.fingerprint)
        #expect(try plan(header + rows[0] + rows[1]).orders[0].order.fingerprint != one.orders[0].order.fingerprint)
    }

    @Test("long digits are text, as back offices write them")
    func digits() throws {
        let plan = try plan(
            "订单编号,商家编码,商品数量\n=\"6921234567890123456\",melon,1\n\"\t6921234567890123457\",melon,1\n"
                + "'6921234567890123458,melon,1\n\"=\"\"6921234567890123459\"\"\",melon,1\n\"=\"\"\t6921234567890123460\"\"\",melon,1\n"
        )
        #expect(problems(plan) == [])
        #expect(
            plan.orders.map(\.order.key.reference.rawValue)
                == [
                    "6921234567890123456", "6921234567890123457", "6921234567890123458", "6921234567890123459",
                    "6921234567890123460",
                ])
    }

    @Test(
        "a bad cell is named by row and column, and its order is not placed, while others are",
        arguments: [
            ("A1,1.02E+14,1,,,,,,,,,,,", "商家编码 mangled_code"), ("A1,peach,1,,,,,,,,,,,", "商家编码 unknown_key"),
            ("A1,,1,,,,,,,,,,,", "商家编码 empty_field"), ("A1,melon,0,,,,,,,,,,,", "商品数量 invalid_value"),
            ("A1,melon,1.5,,,,,,,,,,,", "商品数量 invalid_value"), ("A1,rice,2,,,,,,,,,,,", "商品数量 invalid_value"),
            ("A1,melon,1,9.999,,,,,,,,,,", "商品单价 invalid_value"),
            ("A1,melon,1,\"1,23\",,,,,,,,,,", "商品单价 invalid_value"),
            ("A1,rice,5斤,9.9,,,,,,,,,,", "商品单价 invalid_value"), ("A1,melon,1,,-1,,,,,,,,,", "商品金额 invalid_value"),
            ("A1,melon,1,,,,,,,,,打包中,,", "订单状态 invalid_value"), ("A1,melon,1,,,,,,,,,,仲裁,", "售后状态 invalid_value"),
            ("A1,melon,1,,,王**,138****5678,省,市,区,x,,,", "收件人手机号 invalid_value"),
            ("A1,melon,1,,,王,1.38E+10,省,市,区,x,,,", "收件人手机号 mangled_code"),
            ("A1,melon,1,,,王,13812345678,,,,x,,,", "省 invalid_value"),
            ("A1,melon,1,,,王,13812345678,省,,,,,,", "详细地址 invalid_value"),
        ])
    func badCells(row: String, problem: String) throws {
        let good = "B2,pear,1,,,,,,,,,,,\n"
        let plan = try plan(Self.header + "A1,melon,1,,,,,,,,,,,\n" + row + "\n" + good)
        #expect(problems(plan) == ["3 " + problem, "2 - spoilt_order"])
        #expect(plan.orders.map(\.order.key.reference.rawValue) == ["B2"])
        #expect(plan.refused.map(\.line).sorted() == [2, 3])
    }

    @Test("what is not to be sent is passed over, an order or a row of it, and a mapping knows more words")
    func states() throws {
        let plan = try plan(
            Self.header + "A1,melon,1,,,,,,,,,已发货,,\nB2,melon,1,,,,,,,,,待发货,退款成功,\nB2,pear,1,,,,,,,,,待发货,无,\n"
                + "C3,nothing,x,,,,,,,,,已关闭,,\nD4,melon,1,,,,,,,,,打单完成,,\n", mapping: "status:打单完成 = ship\n")
        #expect(problems(plan) == [])
        #expect(plan.orders.map(\.order.key.reference.rawValue) == ["B2", "D4"])
        #expect(plan.orders[0].order.lines.map(\.sku.rawValue) == ["pear"])
        #expect(plan.skippedOrders == 2 && plan.skippedRows == 1)
    }

    @Test("rows of one order that name other recipients are told, and rows without one are not")
    func differing() throws {
        let row = "melon,1,,,王,13812345678,省,市,区"
        let plan = try plan(Self.header + "A1,\(row),x,,,\nA1,\(row),y,,,\nA1,pear,1,,,,,,,,,,,\n")
        #expect(problems(plan) == ["3 详细地址 differing_value", "2 - spoilt_order", "4 - spoilt_order"])
        let unread = try self.plan(
            Self.header + "A1,melon,1,,,王**,138****5678,省,市,区,x,,,\n", takesRecipients: false)
        #expect(unread.orders.count == 1 && unread.orders[0].order.recipient == nil)
    }

    @Test(
        "nothing comes of a file that may lack a row of any order",
        arguments: [
            "A1,melon,1\nB2,pear\nC3,pear,1\n", "A1,melon,1\nB2,pe\"ar,1\n", "A1,melon,1\n,pear,1\n",
            "A1,melon,1\n1.02E+14,pear,1\n",
            "A1,melon,1\nB2,pear,1\nC3,pear,1\nD4,melon,1\n",
        ])
    func notWhole(rows: String) throws {
        let plan = try plan("订单编号,商家编码,商品数量\n" + rows, limits: ImportLimits(rows: 3, problems: 100))
        #expect(plan.orders.isEmpty && plan.problems.count == 1)
        #expect(plan.refused.contains { $0.line == 2 })
    }

    @Test("rows without anything in them are passed over, and a file that is too large is told")
    func edges() throws {
        let header = "订单编号,商家编码,商品数量\n"
        #expect(try plan(header + "A1,melon,1\n,,\n , ,\n").orders.count == 1)
        let large = try plan(
            header + String(repeating: "A1,melon,1\n", count: 100), limits: ImportLimits(fileBytes: 500))
        #expect(large.orders.isEmpty && large.problems.map(\.code) == [.fileTooLarge])
        let many = try plan(header + String(repeating: "A1,melon,1\n", count: 201))
        #expect(many.problems.map(\.reason) == [.invalid(.orderLines(atMost: 200))] && many.refused.count == 201)
    }

    @Test("a named column keeps others from being guessed there, and what may be missing gives way")
    func columns() throws {
        let named = try plan("订单号,编码,数量,单价\nA1,melon,2,10\n", mapping: "sku = 编码\namount = 单价\n")
        #expect(named.orders[0].order.lines[0].price == (try Price(fen: Fen(rawValue: 1_000), per: Quantity(2))))
        let both = try plan("订单编号,商品编码,商家编码,数量\nA1,x,melon,2\n")
        #expect(both.orders.count == 1)
        #expect(problems(try plan("订单编号,商品数量,数量\nA1,1,1\n")) == ["1 商家编码 missing_column"])
    }

    @Test("a workbook is read like a CSV file, its rows by their numbers and its cells by their faults")
    func workbook() throws {
        var writer = WorkbookWriter(sheet: "订单")
        writer.append(["订单编号", "商家编码", "商品数量", "备注"])
        writer.append(["6921234567890123456", "melon", "2", "", "under no heading"])
        writer.append([])
        writer.append(["6921234567890123457", "peach", "2"])
        let plan = try plan(writer.finished())
        #expect(plan.orders.map(\.order.key.reference.rawValue) == ["6921234567890123456"])
        #expect(problems(plan) == ["4 商家编码 unknown_key"])
    }

    @Test("a damaged workbook and a page of HTML under its ending are named")
    func foreign() throws {
        let damaged = try plan(WorkbookFile.signature + Array("x".utf8))
        #expect(damaged.problems.map(\.reason) == [.unreadableWorkbook(.damaged)] && damaged.isEmpty)
        for text in ["<html><table>", "\u{FEFF}<HTML", "<?xml version", "\r\n <table border"] {
            #expect(try plan(text).problems.map(\.reason) == [.otherFormat(.html)], "\(text)")
        }
    }
}
