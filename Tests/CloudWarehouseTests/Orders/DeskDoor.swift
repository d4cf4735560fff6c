import CloudWarehouse
import Postgres
import WarehouseTesting

/// A desk in this process, for those who make a turmoil.
struct DeskDoor: TurmoilDoor {
    let desk: OrderDesk
    let stock: Stock
    let principal: Principal

    func place(_ order: PlaceOrder) async -> TurmoilAnswer {
        do throws(IntakeError) { return .placed(try await desk.place(order)) } catch { return Self.answer(error) }
    }

    func change(_ change: ChangeOrder.Change, of order: TurmoilOrder) async -> TurmoilAnswer {
        do {
            let command = try ChangeOrder(change, .key(order.command.key), by: principal)
            let changed = try await desk.change(command)
            return .changed(changed.order, isRepeated: changed.isRepeated)
        } catch let error as IntakeError {
            return Self.answer(error)
        } catch {
            return .wrong("\(error)")
        }
    }

    func receive(_ receipt: Receipt) async -> Bool {
        (try? await stock.receive(receipt, by: principal)) != nil
    }

    private static func answer(_ error: IntakeError) -> TurmoilAnswer {
        switch error {
        case .refused(.stays): .refused(.state)
        case .refused(.unknownOrder): .refused(.absent)
        case .refused(.otherOrderUnderReference), .refused(.otherRevision), .recipientsNotConfigured:
            .wrong("\(error)")
        case .refused: .refused(.lines)
        case .busy, .closing: .notDone("\(error)")
        case .outcomeUnknown: .unanswered("\(error)")
        case .database(.server(let cause)) where ["22", "23", "42"].contains(cause.sqlState.category):
            .wrong("\(error)")
        case .database: .notDone("\(error)")
        }
    }
}
