internal import CloudWarehouse

/// How much of a line is to remain, as it is typed: `1=2件`, `3=0`.
struct RemainderArgument: Sendable, Equatable {
    /// As it was typed.
    let typed: String
    /// The line's number.
    let position: Int16
    /// How much; nil for nothing, which needs no unit.
    let quantity: QuantityText?

    /// Reads `LINE=QUANTITY`.
    init(argument text: String) throws(CommandFailure) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ (48...57).contains($0) }), let position = Int16(parts[0]),
            position > 0
        else {
            throw .invalid(
                text,
                rule: Text(
                    en: "what remains is LINE=QUANTITY, such as 1=2 or 2=1.5kg, or 1=0 for nothing of line 1",
                    zh: "要保留的写成 行号=数量，例如 1=2 或 2=1.5kg；1=0 表示第 1 行全部取消"))
        }
        typed = text
        self.position = position
        do throws(InvalidValue) {
            quantity = parts[1] == "0" ? nil : try QuantityText(String(parts[1]))
        } catch {
            throw .invalid(text, rule: error.text)
        }
    }

    /// The same for the line as the order has it.
    func remainder(of line: OrderDetails.Line) throws(CommandFailure) -> ChangeOrder.Remainder {
        do throws(InvalidValue) {
            return ChangeOrder.Remainder(
                position: position, quantity: try quantity?.quantity(in: line.unit) ?? .zero)
        } catch {
            throw .invalid(typed, rule: error.text)
        }
    }
}
