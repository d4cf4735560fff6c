internal import CloudWarehouse

/// Whether the keys that encrypt recipients are there, can be read by this user, and by nobody else.
struct RecipientKeysCheck: Sendable {
    let environment: Environment

    /// Without keys nothing is wrong: such a service takes no recipients.
    var diagnosis: Diagnosis {
        guard let path = environment[.recipientKeys] else {
            return Diagnosis(
                .recipientKeys, .ok,
                found: Text(
                    en: "none: orders with a recipient are refused (YUNCANG_RECIPIENT_KEYS)",
                    zh: "未设置：带收件人的订单会被拒绝（YUNCANG_RECIPIENT_KEYS）"))
        }
        do throws(CommandFailure) {
            _ = try RecipientKeys(in: environment)
            return Diagnosis(.recipientKeys, .ok, found: Text(en: "usable: \(path)", zh: "可用：\(path)"))
        } catch {
            return Diagnosis(.recipientKeys, error)
        }
    }
}
