import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("The page about the API", .onDatabase, .serialized)
struct DocumentationTests {
    private func routes(of shop: Shop) -> [Route] {
        WarehouseAPI.routes(shop.services, readiness: shop.readiness)
    }

    private func page(_ shop: Shop, _ language: String) async throws -> String {
        try await shop.ask(.get("/docs?lang=\(language)").showing(.nothing)).text
    }

    @Test("it is everybody's, in the language asked for, and runs and loads nothing", arguments: Door.allCases)
    func served(door: Door) async throws {
        try await Shop.with(door) { shop in
            for (accept, target, lang) in [
                ("zh-CN,zh;q=0.9", "/docs", "zh-Hans"), ("en", "/docs", "en"), ("zh", "/docs?lang=en", "en"),
            ] {
                var question = Question.get(target).showing(.nothing)
                question.fields = [(.acceptLanguage, accept)]
                let answer = try await shop.ask(question)
                #expect(answer.status == 200 && answer[.contentType] == "text/html; charset=utf-8")
                #expect(answer[.contentSecurityPolicy] == Page.policy && answer.varying.contains("Accept-Language"))
                #expect(answer[.xContentTypeOptions] == "nosniff")
                #expect(answer.text.contains("<html lang=\"\(lang)\">"))
                for forbidden in ["<script", "<style", " style=", "javascript:", "onclick", "https://", "//cdn"] {
                    #expect(!answer.text.contains(forbidden), "\(forbidden)")
                }
            }
            let style = try await shop.ask(.get("/docs.css").showing(.nothing))
            #expect(style[.contentType] == "text/css; charset=utf-8")
            #expect(!style.text.contains("url(") && !style.text.contains("@import"))
            #expect(try await shop.ask(.get("/docs?lang=fr")).faults() == ["lang invalid_parameter"])
        }
    }

    @Test("every route, parameter, member and problem stands in it, in both languages", arguments: ["en", "zh"])
    func complete(_ language: String) async throws {
        try await Shop.with(.inProcess) { shop in
            let text = try await page(shop, language)
            for route in routes(of: shop) {
                #expect(text.contains("<article id=\"\(route.operation)\">"))
                #expect(text.contains("<code>\(route.path)</code>"))
                for parameter in route.parameters { #expect(text.contains("<code>\(parameter.name)</code>")) }
                for schema in [route.body, route.answer].compactMap({ $0 }) {
                    for row in FieldRow.rows(of: schema) {
                        #expect(text.contains("<code>\(row.path)</code>"), "\(row.path)")
                    }
                }
            }
            for code in Problem.Code.allCases { #expect(text.contains("<tr id=\"\(code.rawValue)\">")) }
        }
    }

    @Test("every word that a declaration says has a meaning, and a Chinese one; and no other has")
    func meanings() async throws {
        try await Shop.with(.inProcess) { shop in
            var said: Set<String> = []
            for route in routes(of: shop) {
                said.formUnion(route.fields.map(\.about))
                for parameter in route.parameters {
                    said.insert(parameter.about)
                    said.formUnion(Self.rules(of: parameter.schema))
                }
                for schema in [route.body, route.answer].compactMap({ $0 }) {
                    Self.collect(schema, route.operation, &said)
                }
                #expect(
                    RouteGuide.all[route.operation].map { Self.isChinese($0.chinese) } == true, "\(route.operation)")
            }
            Self.collect(Problem.json.schema, "a problem", &said)
            said.remove("")
            #expect(said.subtracting(Meanings.chinese.keys) == [], "without a Chinese word")
            #expect(Set(Meanings.chinese.keys).subtracting(said) == [], "said by nobody")
            for (english, chinese) in Meanings.chinese where chinese != "UUID" {
                #expect(Self.isChinese(chinese), "\(english)")
            }
            for code in Problem.Code.allCases {
                #expect(Self.isChinese(code.advice.means.zh) && Self.isChinese(code.advice.remedy.zh), "\(code)")
                #expect(!Self.isChinese(code.advice.means.en + code.advice.remedy.en), "\(code)")
            }
        }
    }

    private static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }
    }

    private static func rules(of schema: JSONSchema) -> [String] {
        if case .string(let rule) = schema { return [rule.about ?? ""] }
        return []
    }

    /// What a page says of a member: what it is, or what stands in it.
    private static func about(_ field: JSONObjectSchema.Field) -> String {
        let whole = JSONSchema.object(JSONObjectSchema(name: "One", about: "", fields: [field]))
        return FieldRow.rows(of: whole).first?.about ?? ""
    }

    private static func collect(_ schema: JSONSchema, _ place: String, _ said: inout Set<String>) {
        switch schema {
        case .object(let object):
            #expect(!object.about.isEmpty, "\(place): \(object.name) says nothing")
            for field in object.fields {
                #expect(!about(field).isEmpty, "\(place): \(object.name).\(field.name) says nothing")
                said.insert(field.about)
                collect(field.schema, "\(place): \(object.name).\(field.name)", &said)
            }
            said.insert(object.about)
        case .array(let element, _): collect(element, place, &said)
        case .nullable(let wrapped): collect(wrapped, place, &said)
        case .string: said.formUnion(rules(of: schema))
        case .any, .boolean, .integer, .choice: break
        }
    }

    @Test("the address under which it was asked for stands in it")
    func address() async throws {
        try await Shop.with(.inProcess) { shop in
            var question = Question.get("/docs")
            question.fields = [(.init("Host")!, "shop.example:8443"), (.init("X-Forwarded-Proto")!, "https")]
            let text = try await shop.ask(question).text
            #expect(text.contains("export YUNCANG=http://shop.example:8443\n"), "nobody was trusted to say https")
        }
    }

    @Test("an example is a command for a shell, whatever its body holds")
    func commands() async throws {
        try await Shop.with(.inProcess) { shop in
            for route in routes(of: shop) {
                let guide = try #require(RouteGuide.all[route.operation])
                let command = CurlExample(route, guide).command
                let shown = route.audience == .overlays ? "$KEY" : "$TOKEN"
                #expect(command.contains("Authorization: Bearer \(shown)") == (route.audience != .everyone))
                #expect(command.contains("-d ") == (route.body != nil))
                #expect(command.contains("-o picture.png ") == (route.operation == "showPicture"))
            }
            let route = try #require(routes(of: shop).first { $0.operation == "addOwner" })
            let quoted = CurlExample(route, RouteGuide(chinese: "", body: #"{"name":"O'Hara $x"}"#)).command
            #expect(quoted.contains(#"-d '{"name":"O'\''Hara $x"}'"#))
        }
    }
}
