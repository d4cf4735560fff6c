import CloudWarehouse
import HTTPTypes
import WarehouseTesting

@testable import WarehouseAPI

extension Shop {
    /// A code for a person of this role.
    func code(_ role: Role = .warehouse) async throws -> IssuedSignInCode {
        let scope = try TokenScope(
            role: role, owner: role == .cooperative ? Melons.owner : nil, source: role == .source ? Melons.source : nil)
        return try await base.signIn.makeCode(for: TokenName(rawValue: "王师傅")!, scope, by: base.principal)
    }

    /// The session of a person of this role.
    func session(_ role: Role = .warehouse) async throws -> TokenText {
        try await base.signIn.enter(try await code(role).text).text
    }

    /// A key that shows melons.
    func overlay() async throws -> TokenText {
        try await base.overlays.make(
            showing: [Melons.melon], name: TokenName(rawValue: "一号直播间")!, by: base.principal
        ).text
    }
}

extension Question {
    /// The same by a browser with this session, from a page of the service.
    func browsing(_ session: TokenText?, origin: String? = "http://localhost") -> Question {
        var question = showing(.nothing)
        if let session { question.fields.append((.cookie, "yuncang-gaoqing=\(session.revealed)")) }
        if method == .post, let origin { question.fields.append((.origin, origin)) }
        return question
    }

    /// A form of a page.
    static func form(_ target: String, _ body: String = "") -> Question {
        .post(body, to: target, as: "application/x-www-form-urlencoded")
    }
}
