import CloudWarehouse
import JSON
import Postgres
import WarehouseTesting

@testable import WarehouseAPI

/// A server that is asked over HTTP, each time over a connection of its own, for those who make a turmoil.
struct ServeDoor: TurmoilDoor {
    let server: RestartedServer
    let token: String

    func place(_ order: PlaceOrder) async -> TurmoilAnswer {
        var document = PlaceOrderDocument(
            source: order.key.source, reference: order.key.reference, lines: order.lines,
            terms: order.terms == .none ? nil : order.terms)
        switch order.payment {
        case .paid: break
        case .due(let seconds): document.holdSeconds = seconds
        case .paidElsewhere: document.soldElsewhere = true
        }
        let body = String(decoding: PlaceOrderDocument.named.bytes(of: document), as: UTF8.self)
        return await ask("POST", "", body, isDone: 201) { answer in
            .placed(
                PlacedOrder(
                    id: try answer.id, total: try answer.total, placedAt: try answer.time,
                    isShort: try answer.text("state") == OrderState.paidShort.rawValue))
        }
    }

    func change(_ change: ChangeOrder.Change, of order: TurmoilOrder) async -> TurmoilAnswer {
        let (method, path, body) =
            switch change {
            case .pay: ("POST", "pay", "")
            case .cancel: ("POST", "cancel", "")
            case .claim: ("POST", "claim", "")
            case .expire: preconditionFailure("nobody but the service ends a hold")
            case .edit(let lines):
                ("PUT", "lines", Self.lines(lines.map { #""sku":"\#($0.sku)","quantity":\#($0.quantity.rawValue)"# }))
            case .reduce(let remainders):
                (
                    "POST", "reduce",
                    Self.lines(remainders.map { #""line":\#($0.position),"quantity":\#($0.quantity.rawValue)"# })
                )
            }
        return await ask(method, "/\(order.placed.id)/\(path)", body, isDone: 200) { answer in
            guard let state = OrderState(rawValue: try answer.text("state")),
                let revision = Int32(exactly: try answer.number("revision"))
            else {
                throw MissingMember(name: "state or revision")
            }
            return .changed(
                OrderSummary(
                    id: try answer.id, key: order.command.key, state: state, total: try answer.total,
                    placedAt: try answer.time, revision: revision), isRepeated: nil)
        }
    }

    func receive(_ receipt: Receipt) async -> Bool {
        let lines = receipt.lines.map {
            #""sku":"\#($0.sku)","owner":"\#($0.owner)","quantity":\#($0.quantity.rawValue)"#
        }
        let members =
            #""reference":"\#(receipt.reference.rawValue)","warehouse":"\#(receipt.warehouse)","#
            + #""location":"\#(receipt.location)","#
        let body = "{" + members + Self.lines(lines).dropFirst()
        return await server.ask("POST", "/v1/inbounds", body: body, token: token)?.status == 201
    }

    private static func lines(_ members: [String]) -> String {
        #"{"lines":[\#(members.map { "{\($0)}" }.joined(separator: ","))]}"#
    }

    private func ask(
        _ method: String, _ path: String, _ body: String, isDone: Int, _ read: (JSONValue) throws -> TurmoilAnswer
    ) async -> TurmoilAnswer {
        guard let answer = await server.ask(method, "/v1/orders\(path)", body: body, token: token) else {
            return .unanswered("nothing")
        }
        do {
            let document = try JSONType<JSONValue>.any.read(Array(answer.body.utf8))
            return answer.status == isDone ? try read(document) : Self.answer(try document.text("code"), answer.body)
        } catch {
            // A server that was killed has cut it off.
            return answer.body.hasSuffix("}") ? .wrong("\(error): \(answer)") : .unanswered("\(answer)")
        }
    }

    private static func answer(_ code: String, _ text: String) -> TurmoilAnswer {
        switch code {
        case "not_payable", "not_cancellable", "not_claimable", "not_editable": .refused(.state)
        case "sold_out", "buyer_limit", "buyer_required", "unknown_line", "more_than_ordered", "nothing_remains",
            "too_many_lines":
            .refused(.lines)
        case "not_found": .refused(.absent)
        case "busy", "unavailable", "too_many_requests": .notDone(code)
        case "outcome_unknown": .unanswered(code)
        default: .wrong(text)
        }
    }
}

/// A member that an answer has to have.
private struct MissingMember: Error {
    let name: String
}

extension JSONValue {
    fileprivate func text(_ name: String) throws -> String {
        guard case .string(let text)? = self[name] else { throw MissingMember(name: name) }
        return text
    }

    fileprivate func number(_ name: String) throws -> Int64 {
        guard case .integer(let number)? = self[name] else { throw MissingMember(name: name) }
        return number
    }

    fileprivate var id: ID<CustomerOrder> {
        get throws {
            guard let id = ID<CustomerOrder>(try text("id")) else { throw MissingMember(name: "id") }
            return id
        }
    }

    fileprivate var total: Fen { get throws { Fen(rawValue: try number("total_fen")) } }

    fileprivate var time: Timestamp {
        get throws {
            guard let time = Timestamp(internet: try text("placed_at")) else { throw MissingMember(name: "placed_at") }
            return time
        }
    }
}
