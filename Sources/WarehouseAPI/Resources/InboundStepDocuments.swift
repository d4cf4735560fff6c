internal import CloudWarehouse
internal import JSON
internal import Postgres

/// A step of a delivery, as it is sent: its event, and what that event says.
struct InboundStepDocument: Sendable {
    var event: InboundEvent
    var warehouse: WarehouseCode?
    var lines: [ExpectedGoods]?
    var count: InboundCount?
    var putAway: PutAway?

    /// The step as a task.
    ///
    /// - Throws: 422 where the event's own member is missing.
    var task: InboundTask {
        get throws(Problem) {
            switch event {
            case .announce: .announce(at: try said(warehouse, "warehouse"), try said(lines, "lines"))
            case .arrive: .arrive(at: try said(warehouse, "warehouse"))
            case .count: .count(try said(count, "count"))
            case .finish: .finish
            case .release: .release
            case .putAway: .putAway(try said(putAway, "put_away"))
            case .cancel: .cancel
            }
        }
    }

    private func said<Value>(_ value: Value?, _ name: String) throws(Problem) -> Value {
        guard let value else {
            throw Problem(.invalidBody, "The event \(event.rawValue) says \(name) too.", at: "/\(name)")
        }
        return value
    }

    static let json = JSONType<InboundStepDocument>.object(
        "InboundStep",
        about: "what happens to a delivery; each event says its own members, and no others are looked at",
        .required("event", \.event, .choice(of: InboundEvent.self), about: "what happens"),
        .optional("warehouse", \.warehouse, .code(), about: "of announce and arrive: where it comes to"),
        .optional(
            "lines", \.lines, .array(of: .expected, count: 1...Receipt.maximumLines),
            about: "of announce: what is expected"),
        .optional("count", \.count, .count, about: "of count: what was counted"),
        .optional("put_away", \.putAway, .putAway, about: "of put_away: what is brought where"),
        make: InboundStepDocument.init)
}

extension JSONType where Value == ExpectedGoods {
    /// Goods that are expected.
    fileprivate static var expected: Self {
        .object(
            "ExpectedGoods", about: "goods that are expected",
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("owner", \.owner, .code(), about: "whose it is"),
            .required("quantity", \.quantity, .quantity, about: "in the SKU's base unit: pieces or grams"),
            make: ExpectedGoods.init(sku:owner:quantity:))
    }
}

extension JSONType where Value == InboundCount.Findings {
    /// What is not taken in, and what is known of the goods.
    fileprivate static var findings: Self {
        .object(
            "CountFindings", about: "what is not taken in, and what is known of the goods",
            .optional("rejected", \.saidRejected, .quantity, about: "how much is not taken in; absent: nothing"),
            .optional("reason", \.reason, .choice(of: RejectionReason.self), about: "why not; given when something is"),
            .optional("weighed_grams", \.weighedGrams, .quantity, about: "what the goods weigh, in grams"),
            .optional("certificate", \.certificate, .plainWords, about: "the number of their certificate"),
            .optional("picture", \.picture, .plainWords, about: "where a picture of them is to be found"),
            make: { rejected, reason, grams, certificate, picture in
                var findings = InboundCount.Findings()
                findings.rejected = rejected ?? .zero
                findings.reason = reason
                findings.weighedGrams = grams
                findings.certificate = certificate
                findings.picture = picture
                return findings
            })
    }
}

extension InboundCount.Findings {
    /// Given where something is.
    fileprivate var saidRejected: Quantity? { rejected == .zero ? nil : rejected }
}

/// The members of a count, before it is known whether they fit together.
private struct CountMembers: Sendable {
    var reference: ReceiptReference
    var location: LocationCode
    var goods: Receipt.Line
    var findings: InboundCount.Findings?

    static let json = JSONType<CountMembers>.object(
        "InboundCount", about: "goods of one SKU and owner that were counted, announced or not",
        .required(
            "reference", \.reference, .receiptReference, about: "what it is known by in its delivery: it happens once"),
        .required("location", \.location, .code(), about: "where they stand now"),
        .required("sku", \.goods.sku, .code(), about: "the SKU's code"),
        .required("owner", \.goods.owner, .code(), about: "whose it is"),
        .required(
            "quantity", \.goods.quantity, .remainder,
            about: "how much is taken in, and becomes a lot; 0 where all is rejected"),
        .optional("harvested_on", \.goods.harvestedOn, .date, about: "the day of the harvest"),
        .optional(
            "expires_on", \.goods.expiresOn, .date, about: "the last day on which it is good; not before the harvest"),
        .optional("grade", \.goods.grade, .grade, about: "in the words of the base's people"),
        .optional("findings", \.findings, .findings, about: "what is rejected, and what is known; absent: nothing"),
        make: { reference, location, sku, owner, quantity, harvested, expires, grade, findings in
            CountMembers(
                reference: reference, location: location,
                goods: Receipt.Line(
                    sku: sku, owner: owner, quantity: quantity, harvestedOn: harvested, expiresOn: expires,
                    grade: grade), findings: findings)
        })
}

extension JSONType where Value == InboundCount {
    /// What was counted.
    fileprivate static var count: Self {
        CountMembers.json.converted(
            "a count of something, with a reason for what is rejected",
            to: { members in
                try? InboundCount(
                    reference: members.reference, location: members.location, goods: members.goods,
                    findings: members.findings ?? InboundCount.Findings())
            },
            from: {
                CountMembers(reference: $0.reference, location: $0.location, goods: $0.goods, findings: $0.findings)
            })
    }
}

extension JSONType where Value == PutAway {
    /// What is brought where.
    fileprivate static var putAway: Self {
        .object(
            "PutAway", about: "goods of a lot that are brought to where they belong",
            .required(
                "reference", \.reference, .receiptReference,
                about: "what it is known by in its delivery: it happens once"),
            .required("lot", \.lot, .id(), about: "goods of which lot"),
            .required("location", \.location, .code(), about: "where they are brought"),
            .optional("quantity", \.quantity, .quantity, about: "how much; absent: all that waits"),
            make: PutAway.init(reference:lot:location:quantity:))
    }
}

extension JSONType where Value == PlainWords {
    /// A few words.
    static var plainWords: Self {
        .text(
            JSONTextRule(
                pattern: PlainText.pattern, length: 1...128, about: "1 to 128 characters and no control characters"),
            parse: { PlainWords(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}
