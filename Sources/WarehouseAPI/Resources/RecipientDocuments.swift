internal import CloudWarehouse
internal import JSON

extension JSONType where Value == MaskedRecipient {
    /// What everybody may see of a recipient.
    static var maskedRecipient: Self {
        .object(
            "MaskedRecipient", about: "who gets the order, as far as everybody may know",
            .optional("mask", \.mask, .string(1...200), about: "absent once it is erased"),
            .required("region", \.region, .string(1...100), about: "province, city and district"),
            .optional("erased_at", \.erasedAt, .timestamp, about: "when it was erased"),
            make: MaskedRecipient.init)
    }
}

extension JSONType where Value == Recipient {
    /// Who gets an order, in clear. No message quotes what stands in it.
    static var recipient: Self {
        func field(
            _ length: ClosedRange<Int>, _ rule: String, pattern: String = PlainText.pattern,
            _ keeps: @escaping @Sendable (String) -> Bool
        ) -> JSONType<String> {
            .text(
                JSONTextRule(pattern: pattern, length: length, about: rule),
                parse: { bytes in
                    let text = JSONText.string(bytes)
                    return keeps(text) ? text : nil
                }, text: { $0 })
        }
        return JSONType<(name: String, phone: String, region: String, address: String)>.object(
            "Recipient", about: "who gets the order; kept encrypted",
            .required("name", \.name, field(1...64, RecipientField.name.rule, Recipient.isName), about: "who gets it"),
            .required(
                "phone", \.phone,
                field(5...20, RecipientField.phone.rule, pattern: Recipient.phonePattern, Recipient.isPhone),
                about: "where the recipient is called"),
            .required(
                "region", \.region, field(1...100, RecipientField.region.rule, Recipient.isRegion),
                about: "province, city and district"),
            .required(
                "address", \.address, field(1...200, RecipientField.address.rule, Recipient.isAddress),
                about: "street, house and door"),
            make: { (name: $0, phone: $1, region: $2, address: $3) }
        ).converted(
            "a recipient",
            to: { try? Recipient(name: $0.name, phone: $0.phone, region: $0.region, address: $0.address) },
            from: { (name: $0.name, phone: $0.phone, region: $0.region, address: $0.address) })
    }
}
