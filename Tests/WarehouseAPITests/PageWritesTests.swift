import CloudWarehouse
import HTTPServer
import HTTPTypes
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("What browsers may send", .onDatabase, .serialized)
struct PageWritesTests {
    @Test(
        "what is no good code is answered alike, byte for byte, sets no cookie and is not repeated",
        arguments: Door.allCases)
    func refused(door: Door) async throws {
        try await Shop.with(door) { shop in
            let (used, revoked, good) = (try await shop.code(), try await shop.code(), try await shop.code())
            _ = try await shop.base.signIn.enter(used.text)
            try await shop.base.signIn.revokeCode(revoked.code.handle, by: shop.base.principal)
            let wrong = good.text.revealed.dropLast() + (good.text.revealed.hasSuffix("0") ? "1" : "0")
            var answers: Set<String> = []
            for body in [
                "code=\(used.text.revealed)", "code=\(revoked.text.revealed)", "code=\(wrong)", "code=", "", "code=%ff",
                "code=%zz", "code=<b>", "code=\(good.text.revealed)&code=\(good.text.revealed)",
                "code=" + String(repeating: "7", count: 5_000), "kode=\(good.text.revealed)",
            ] {
                let answer = try await shop.ask(.form("/sign-in", body).browsing(nil))
                #expect(answer.status == 403 && answer[.setCookie] == nil && !answer.text.contains("<b>"), "\(body)")
                answers.insert(answer.withoutDate)
            }
            #expect(answers.count == 1)
            #expect(try await shop.ask(.form("/sign-in", "code=\(good.text.revealed)").browsing(nil)).status == 303)
            let json = try await shop.ask(.post("{}", to: "/sign-in").browsing(nil))
            #expect(json.status == 415)
        }
    }

    @Test(
        "a write is from a page of the service, or it is refused and nothing is done",
        arguments: [
            (["Origin": "http://localhost"], true), (["Origin": "https://localhost"], true),
            (["Sec-Fetch-Site": "same-origin"], true), (["Sec-Fetch-Site": "same-origin", "Origin": "null"], true),
            (["Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"], true), ([:], false),
            (["Origin": "null"], false), (["Origin": "http://localhost.example"], false),
            (["Origin": "http://localhost:81"], false), (["Origin": "http://elsewhere"], false),
            (["Origin": ""], false),
            (["Sec-Fetch-Site": "cross-site"], false), (["Sec-Fetch-Site": "same-site"], false),
            (["Sec-Fetch-Site": "none"], false),
            (["Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"], false),
            (["Sec-Fetch-Site": "same-origin", "Origin": "http://elsewhere"], false),
        ] as [([String: String], Bool)])
    func origins(fields: [String: String], isLet: Bool) async throws {
        try await Shop.with(.socket) { shop in
            try await shop.base.stockMelons(10)
            let session = try await shop.session(.operator)
            let code = try await shop.code()
            for question in [
                Question.form("/sessions/end"), .form("/sign-in", "code=\(code.text.revealed)"),
                .post(#"{"code":"o","name":"品牌","kind":"brand"}"#, to: "/v1/owners"),
            ] {
                var asked = question.browsing(question.target == "/sign-in" ? nil : session, origin: nil)
                for (name, value) in fields { asked.fields.append((HTTPField.Name(name)!, value)) }
                // The last is asked of the API before the session ends.
                guard question.target != "/sessions/end" else { continue }
                let answer = try await shop.ask(asked)
                #expect([201, 303].contains(answer.status) == isLet, "\(question.target): \(answer.status)")
                if !isLet { #expect(answer.text.contains("foreign_origin")) }
            }
            var out = Question.form("/sessions/end").browsing(session, origin: nil)
            for (name, value) in fields { out.fields.append((HTTPField.Name(name)!, value)) }
            #expect(try await shop.ask(out).status == (isLet ? 303 : 403))
            let live = try await shop.base.number(
                "SELECT count(*) FROM token WHERE kind = 'session' AND revoked_at IS NULL")
            #expect(live == 1, "either the operator's, or the one that was signed in")
            #expect(try await shop.base.number("SELECT count(*) FROM owner WHERE code = 'o'") == (isLet ? 1 : 0))
        }
    }
}
