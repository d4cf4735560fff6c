import FoundationEssentials
import Spreadsheet
import Testing

@testable import yuncang

@Suite("Importing products by command", .onDatabase)
struct ProductImportTests {
    private static let faulty = """
        单品编码,单品名称,分类编码,分类名称,单价
        100,甜瓜(盒),f,瓜果,39.9/件
        1.02E+14,酥梨,f,瓜果,
        100,芋头,v,蔬菜,
        102,=cmd(),f,,
        103,芦笋,v,蔬菜,12
        104,平菇
        """

    @Test(
        "a workbook is imported like a CSV file, by its rows; what was refused is written as one, and another sheet is named"
    )
    func workbook() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            var writer = WorkbookWriter(sheet: "目录")
            for row in [["单品编码", "单品名称", "单价"], ["102900005115168", "甜瓜(盒)", "39.9"], [], ["2", "芋头(袋)", "x"]] {
                writer.append(row)
            }
            let path = "\(base.folder)/list.XLSX"
            try Data(writer.finished()).write(to: URL(filePath: path))
            let call = await base.call("product", "import", path, "--owner", "coop")
            #expect(call.status == .badInput && call.error.contains("line 4, column 单价"), "\(call.error)")
            let refused = "\(base.folder)/refused.xlsx"
            let partial = await base.call("product", "import", path, "--owner", "coop", "--partial", refused)
            #expect(partial.output.contains("1 new"), "\(partial.error)")
            #expect(await base.succeed("product", "list", "--json").contains(#""code":"102900005115168""#))
            let other = await base.call("product", "import", path, "--owner", "coop", "--sheet", "x", "--lang", "zh")
            #expect(other.status == .badInput && other.error.contains("现有工作表：“目录”"), "\(other.error)")
            let again = await base.call("product", "import", refused, "--owner", "coop")
            #expect(again.error.contains("line 2, column 单价"), "\(again.error)")
        }
    }

    @Test("all problems at once, with line and column, and nothing is imported")
    func wholeOrNothing() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            let call = await base.call("product", "import", try base.file("list.csv", Self.faulty), "--owner", "coop")
            #expect(call.status == .badInput)
            for words in [
                "line 3, column 单品编码", "line 4, column 单品编码", "line 5, column 分类名称", "line 6, column 单价", "line 7",
                "nothing was imported",
            ] { #expect(call.error.contains(words), "\(words) in \(call.error)") }
            #expect(await base.succeed("product", "list", "--json") == "[]\n")
        }
    }

    @Test("--partial imports the good rows and writes the others with their problems, formulas made harmless")
    func partial() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            let refused = "\(base.folder)/refused.csv"
            let list = try base.file("list.csv", Self.faulty)
            let call = await base.call("product", "import", list, "--owner", "coop", "--partial", refused)
            #expect(call.status == .badInput)
            #expect(call.output.contains("1 new") && call.output.contains("5 problems"))
            let text = String(decoding: try Data(contentsOf: URL(filePath: refused)), as: UTF8.self)
            #expect(text.hasPrefix("\u{FEFF}单品编码,"))
            #expect(text.contains("'=cmd()") && !text.contains(",=cmd()"))
            #expect(text.split(separator: "\r\n").count == 6, "\(text)")
            #expect(await base.succeed("product", "list", "--json").contains(#""code":"100""#))
            // A file that is there is somebody's.
            #expect(
                await base.call("product", "import", list, "--owner", "coop", "--partial", refused).status
                    == .outputFailed)
        }
    }

    @Test("a cooperative's own sheet is read by a mapping file, its units too")
    func mapping() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            let mapping = try base.file("map.txt", "# 金田园\ncode = 货号\nname = 品名\nunit = 单位\nunit:筐 = piece\n")
            let list = try base.file("list.csv", "货号,品名,单位,单价\n1,芋头,筐,29.9/件\n2,散装芋头,斤,3.5/斤\n")
            await base.succeed("product", "import", list, "--owner", "coop", "--mapping", mapping)
            let skus = await base.succeed("product", "list", "--json")
            #expect(
                skus.contains(
                    #""code":"1","name":"芋头","owner":"coop","unit":"piece","category":null,"price":{"fen":2990,"per":1}"#
                ))
            #expect(skus.contains(#""unit":"gram","category":null,"price":{"fen":350,"per":500}"#))
        }
    }

    @Test(
        "a mapping that cannot be is refused before anything is read",
        arguments: [
            ("code", "write column = heading"), ("unit:筐 = crate", "piece or gram"),
            ("unit:筐 = piece\nunit:筐 = gram", "named twice"),
            ("colour = 颜色", "there is no column 'colour'"),
        ])
    func wrongMapping(text: String, words: String) async throws {
        try await GivenBase.with { base in
            let mapping = try base.file("map.txt", text)
            let list = try base.file("list.csv", "a,b\n")
            let call = await base.call("product", "import", list, "--owner", "coop", "--mapping", mapping)
            #expect(call.status == .usage)
            #expect(call.error.contains(words), "\(call.error)")
        }
    }

    @Test("columns that nobody looks at are told, and the columns' own names are headings too")
    func headings() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            let list = try base.file("list.csv", "code,name,单位,price\n1,芋头(袋),筐,29.9/件\n")
            let call = await base.call("product", "import", list, "--owner", "coop")
            #expect(call.status == .success && call.error.contains("not used: 单位"), "\(call.error)")
            #expect(await base.succeed("product", "list", "--json").contains(#""price":{"fen":2990,"per":1}"#))
        }
    }

    @Test("programs get every problem as an object, people the first twenty and how many more there are")
    func listed() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            let rows = (1...30).map { "\($0),芋头(袋),x/件" }.joined(separator: "\n")
            let list = try base.file("list.csv", "code,name,price\n" + rows)
            let json = await base.call("product", "import", list, "--owner", "coop", "--json")
            #expect(json.status == .badInput && json.error.contains(#""problem_count":30"#))
            #expect(
                json.error.contains(
                    #""problems":[{"line":2,"column":"单价","code":"invalid_value","text":"a price is yuan"#))
            #expect(json.error.contains(#"{"line":31,"#))
            let people = await base.call("product", "import", list, "--owner", "coop", "--lang", "zh")
            #expect(people.error.contains("第 21 行，列 单价：价格写成每多少数量多少元"), "\(people.error)")
            #expect(!people.error.contains("第 22 行") && people.error.contains("另有 10 个问题"))
        }
    }

    @Test("what another owner lists already is told with its line; by product add in the words of its options")
    func taken() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            await base.succeed("owner", "add", "other", "--name", "别家合作社")
            await base.succeed("product", "add", "2", "--name", "甜瓜(盒)", "--owner", "other")
            let list = try base.file("list.csv", "code,name\n1,芋头(袋)\n2,甜瓜(盒)\n")
            let call = await base.call("product", "import", list, "--owner", "coop")
            #expect(call.status == .badInput && call.error.contains("line 3: 2: the code is taken by another owner"))
            let add = await base.call("product", "add", "2", "--name", "甜瓜(盒)", "--owner", "coop")
            #expect(add.status == .failure && add.error.contains("--owner") && !add.error.contains("import"))
            let unit = await base.call(
                "product", "add", "2", "--name", "甜瓜", "--owner", "other", "--unit", "gram", "--lang", "zh")
            #expect(unit.status == .failure && unit.error.contains("--unit piece"), "\(unit.error)")
        }
    }

    @Test("a file that is not there is told as such")
    func noFile() async throws {
        try await GivenBase.with { base in
            let call = await base.call("product", "import", "\(base.folder)/nothing.csv", "--owner", "coop")
            #expect(call.status == .noInput)
            #expect(call.error.contains("nothing.csv"))
        }
    }
}
