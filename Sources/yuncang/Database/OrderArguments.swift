internal import CloudWarehouse

/// A line of an order as it is typed: `melon:2`, `rice:25斤@39.9/500g`.
struct OrderLineArgument: Sendable, Equatable {
    /// As it was typed.
    let typed: String
    /// What is bought.
    let sku: SKUCode
    /// How much.
    let quantity: QuantityText
    /// For how much; nil for the list price.
    let price: PriceText?

    /// Reads `SKU:QUANTITY` or `SKU:QUANTITY@PRICE`. The last colon ends the code, which may hold others.
    init(argument text: String) throws(CommandFailure) {
        guard let colon = text.lastIndex(of: ":") else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a line is SKU:QUANTITY or SKU:QUANTITY@PRICE, such as melon:2 or rice:25jin@39.9/500g",
                    zh: "订单行写成 单品:数量 或 单品:数量@单价，例如 melon:2 或 rice:25斤@39.9/500g"))
        }
        typed = text
        sku = try SKUCode(argument: String(text[..<colon]))
        let rest = text[text.index(after: colon)...].split(
            separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        do throws(InvalidValue) {
            quantity = try QuantityText(String(rest[0]))
            price = rest.count > 1 ? try PriceText(String(rest[1])) : nil
        } catch {
            throw .invalid(text, rule: error.text)
        }
    }

    /// The line for the SKU as the catalog has it.
    func line(of sku: SKU) throws(CommandFailure) -> PlaceOrder.Line {
        do throws(InvalidValue) {
            return PlaceOrder.Line(
                sku: sku.code, quantity: try quantity.quantity(in: sku.unit), price: try price?.price(in: sku.unit))
        } catch {
            throw .invalid(typed, rule: error.text)
        }
    }
}

extension OrderIdentity {
    /// Reads an id, or `SOURCE/REFERENCE`.
    init(argument text: String) throws(CommandFailure) {
        if let id = ID<CustomerOrder>(text) {
            self = .id(id)
            return
        }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let source = OrderSource(rawValue: parts[0]),
            let reference = OrderReference(rawValue: parts[1])
        else {
            throw .invalid(
                text, rule: Text(en: "an order is its id, or SOURCE/REFERENCE", zh: "订单写成其 id，或 来源/单号"))
        }
        self = .key(OrderKey(source: source, reference: reference))
    }
}

extension OrderSource {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let source = Self(rawValue: text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a source has 1 to 64 printable ASCII characters without spaces",
                    zh: "来源是 1 到 64 个可打印的 ASCII 字符，不含空格"))
        }
        self = source
    }
}

extension OrderState {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let state = Self(spoken: text, word: \.words) else {
            let states = Self.allCases
            throw .invalid(
                text,
                rule: Text(
                    en: "a state is one of " + states.map(\.rawValue).joined(separator: ", "),
                    zh: "状态是 " + states.map { "\($0.rawValue)（\($0.words.zh)）" }.joined(separator: "、")))
        }
        self = state
    }
}

extension OrderReference {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let reference = Self(rawValue: text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a reference has 1 to 128 bytes and no control characters", zh: "单号是 1 到 128 字节，不含控制字符"))
        }
        self = reference
    }
}

extension PlaceOrder.Payment {
    /// Reads how long an unpaid order holds stock: `90s`, `15m`, `2h`.
    init(hold text: String) throws(CommandFailure) {
        let units: [Character: Int32] = ["s": 1, "m": 60, "h": 3_600]
        guard let unit = text.last.flatMap({ units[$0] }), text.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }),
            let number = Int32(text.dropLast()), number <= Self.longest / unit,
            PlaceOrder.holdSeconds.contains(number * unit)
        else {
            throw .invalid(
                text,
                rule: Text(en: "a hold is from 1s to 24h, such as 15m", zh: "占用时间从 1s 到 24h，例如 15m"))
        }
        self = .due(withinSeconds: number * unit)
    }

    private static var longest: Int32 { PlaceOrder.holdSeconds.upperBound }
}
