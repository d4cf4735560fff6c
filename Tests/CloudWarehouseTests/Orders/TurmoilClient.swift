import EventLoop
import Postgres
import WarehouseTesting

@testable import CloudWarehouse

/// What all clients share.
final class TurmoilBook: Sendable {
    private let told: Lock<Told>
    private let ended = Lock(false)

    init(_ told: Told) {
        self.told = Lock(told)
    }

    var isOver: Bool { ended.withLock { $0 } }
    func end() { ended.withLock { $0 = true } }

    func withLock<Value>(_ body: (inout Told) throws -> Value) rethrows -> Value { try told.withLock(body) }

    /// What clients were told.
    struct Told {
        var placed: [OrderReference: PlacedOrder] = [:]
        var cancelled: Set<OrderReference> = []
        var paid: Set<OrderReference> = []
        var contradictions: [String] = []
        var received: [SKUCode: Int64] = [:]
        var counts: [String: Int] = [:]
    }
}

/// One client: a random deed, at one of the servers, again and again.
struct TurmoilClient {
    let number: Int
    let base: TestBase
    let desks: [OrderDesk]
    let told: TurmoilBook
    var random: SplitMix
    var orders: [PlaceOrder] = []

    mutating func run(deeds: Int) async throws {
        for deed in 0..<deeds {
            let desk = desks[Int(random.pick(0...1))]
            switch random.pick(1...14) {
            case 1...5: try await place(try order(deed), at: desk)
            case 6:
                if let order = orders.randomElement(using: &random) { try await place(order, at: desk) }
            case 7: try await receive(deed)
            default: try await change(at: desk)
            }
        }
    }

    private mutating func lines() throws -> [PlaceOrder.Line] {
        try (0..<random.pick(1...2)).map { _ in
            PlaceOrder.Line(
                sku: (OrderTurmoilTests.singles + [OrderTurmoilTests.box]).randomElement(using: &random)!,
                quantity: try Quantity(random.pick(1...4)))
        }
    }

    private mutating func order(_ deed: Int) throws -> PlaceOrder {
        let payment: [PlaceOrder.Payment] = [
            .paid, .paid, .due(withinSeconds: 1), .due(withinSeconds: 60), .paidElsewhere,
        ]
        // One in six is everybody's, so that the same reference comes from several at once.
        let isShared = random.once(in: 6)
        let reference = isShared ? "shared-\(random.pick(1...12))" : "\(number)-\(deed)"
        return try PlaceOrder(
            source: Melons.source, reference: OrderReference(rawValue: reference)!,
            lines: isShared ? [PlaceOrder.Line(sku: Melons.melon, quantity: Quantity(2))] : lines(),
            payment: isShared ? .due(withinSeconds: 60) : payment.randomElement(using: &random)!,
            terms: OrderTerms(buyer: isShared ? nil : Buyer(rawValue: "buyer-\(random.pick(1...3))")))
    }

    private mutating func place(_ order: PlaceOrder, at desk: OrderDesk) async throws {
        do throws(IntakeError) {
            let placed = try await desk.place(order)
            if !orders.contains(order) { orders.append(order) }
            told.withLock { told in
                told.counts["placed", default: 0] += 1
                let reference = order.key.reference
                if let known = told.placed[reference], known != placed {
                    told.contradictions.append("\(reference.rawValue): \(known) and \(placed)")
                }
                told.placed[reference] = placed
            }
        } catch {
            try note(error)
        }
    }

    private func note(_ error: IntakeError) throws {
        switch error {
        case .refused(let refusal):
            told.withLock { $0.counts["refused: \(refusal)".prefix(12) + "", default: 0] += 1 }
        case .busy: told.withLock { $0.counts["busy", default: 0] += 1 }
        default: throw error
        }
    }

    private func receive(_ deed: Int) async throws {
        var mine = random
        let quantities = [OrderTurmoilTests.singles.randomElement(using: &mine)!: mine.pick(1...6)]
        let warehouse = mine.once(in: 2) ? Melons.warehouse : OrderTurmoilTests.second
        _ = try await base.stock.receive(
            OrderTurmoilTests.receipt("RK-\(number)-\(deed)", quantities, in: warehouse), by: base.principal)
        told.withLock { $0.received.merge(quantities, uniquingKeysWith: +) }
    }

    private mutating func change(at desk: OrderDesk) async throws {
        guard let order = orders.randomElement(using: &random) else { return }
        let change: ChangeOrder.Change
        switch random.pick(1...9) {
        case 1...3: change = .pay
        case 4: change = .cancel
        case 5: change = .claim
        case 6, 7: change = .edit(try lines())
        default:
            change = .reduce([ChangeOrder.Remainder(position: 1, quantity: try Quantity(random.pick(0...2)))])
        }
        let command = try ChangeOrder(change, .key(order.key), revision: nil, by: base.principal)
        do throws(IntakeError) {
            let changed = try await desk.change(command)
            told.withLock { told in
                told.counts["\(command.change.event)", default: 0] += 1
                if change == .cancel { told.cancelled.insert(order.key.reference) }
                if change == .pay { told.paid.insert(order.key.reference) }
                if change == .cancel, changed.order.state != .cancelled {
                    told.contradictions.append("not cancelled")
                }
            }
        } catch {
            try note(error)
        }
    }
}
