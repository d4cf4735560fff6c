internal import CloudWarehouse

extension Buyer {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let buyer = Self(rawValue: text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a buyer's name has 1 to 128 characters and no control characters",
                    zh: "买家是 1 到 128 个字符，不含控制字符"))
        }
        self = buyer
    }
}

extension ShopName {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let shop = Self(rawValue: text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a shop's name has 1 to 64 characters and no control characters",
                    zh: "店铺是 1 到 64 个字符，不含控制字符"))
        }
        self = shop
    }
}

extension OrderNote {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let note = Self(rawValue: text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a note has 1 to 500 characters and no control characters",
                    zh: "备注是 1 到 500 个字符，不含控制字符"))
        }
        self = note
    }
}
