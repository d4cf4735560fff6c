internal import CloudWarehouse
internal import JSON
internal import Postgres

extension JSONType where Value == TransferSummary {
    /// A transfer without its goods.
    static var transferSummary: Self {
        .object(
            "TransferSummary", about: "a transfer: goods that go from one warehouse to another",
            .required("id", \.id, .id(), about: "its identity, for ever"),
            .required("reference", \.reference, .receiptReference, about: "what stands on the transfer's paper"),
            .required("state", \.state, .choice(of: TransferState.self), about: "how far it has come"),
            .required("from", \.from, .code(), about: "the warehouse where they are"),
            .required("to", \.to, .code(), about: "the warehouse where they are needed"),
            .optional(
                "expected_at", \.expectedAt, .timestamp, about: "when they should arrive; absent: nobody has said"),
            .required("late", \.isLate, .boolean, about: "whether it is under way although it should have arrived"),
            make: TransferSummary.init(id:reference:state:from:to:expectedAt:isLate:))
    }
}

extension JSONType where Value == TransferDetails {
    /// A transfer with its goods.
    static var transferDetails: Self {
        .object(
            "Transfer", about: "a transfer with its goods, as both ends see it",
            .required("transfer", \.summary, .transferSummary, about: "how far it has come"),
            .required(
                "lines", \.lines, .array(of: .line, count: 0...TransferRequest.maximumLines), about: "what is asked for"
            ),
            .required(
                "lots", \.lots, .array(of: .lot, count: 0...1_000), about: "what goes, and what has become of it"),
            .required(
                "losses", \.losses, .array(of: .loss, count: 0...Int(Stock.maximumTransferLosses)),
                about: "what did not arrive as it left, the newest first"),
            make: TransferDetails.init(summary:lines:lots:losses:))
    }
}

extension JSONType where Value == TransferLine {
    fileprivate static var line: Self {
        .object(
            "TransferLine", about: "what is asked for of one SKU and owner",
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("name", \.name, .name, about: "what people call it"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .required("owner", \.owner, .code(), about: "whose it is"),
            .required("requested", \.requested, .quantity, about: "how much is asked for"),
            .required("picked", \.picked, .remainder, about: "how much of it was picked"),
            make: TransferLine.init(sku:name:unit:owner:requested:picked:))
    }
}

extension JSONType where Value == TransferLot {
    fileprivate static var lot: Self {
        .object(
            "TransferLot", about: "goods of one lot and quality on their way",
            .required("lot", \.lot, .id(), about: "the lot's identity"),
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .required("owner", \.owner, .code(), about: "whose it is"),
            .required("quality", \.quality, .choice(of: Quality.self), about: "in what state the goods are"),
            .required("storage_class", \.storageClass, .choice(of: StorageClass.self), about: "how cold it is"),
            .optional("expires_on", \.expiresOn, .date, about: "the last day on which it is good"),
            .required("counters", \.counters, .counters, about: "what has become of it, in base units"),
            make: TransferLot.init(lot:sku:unit:owner:quality:storageClass:expiresOn:counters:))
    }
}

extension JSONType where Value == TransferLot.Counters {
    fileprivate static var counters: Self {
        .object(
            "TransferCounters",
            about: """
                picked is waiting, put_back and shipped together; shipped is received, damaged, lost and in_transit together
                """,
            .required("picked", \.picked, .quantity, about: "taken from the shelves"),
            .required("waiting", \.waiting, .remainder, about: "at the transfer dock"),
            .required("put_back", \.putBack, .remainder, about: "back on the shelves"),
            .required("shipped", \.shipped, .remainder, about: "departed"),
            .required("received", \.received, .remainder, about: "come as it left"),
            .required("damaged", \.damaged, .remainder, about: "come, and not to be sold"),
            .required("lost", \.lost, .remainder, about: "known not to come"),
            .required("in_transit", \.inTransit, .remainder, about: "on the road"),
            make: TransferLot.Counters.init(
                picked:waiting:putBack:shipped:received:damaged:lost:inTransit:))
    }
}

extension JSONType where Value == TransferLoss {
    fileprivate static var loss: Self {
        .object(
            "RecordedTransferLoss", about: "something that did not arrive as it left",
            .required("lot", \.lot, .id(), about: "goods of which lot"),
            .required("damaged", \.damaged, .remainder, about: "come, and not to be sold"),
            .required("lost", \.lost, .remainder, about: "known not to come"),
            .required("reason", \.reason, .choice(of: TransferLossReason.self), about: "why"),
            .required("answerable", \.answerable, .plainWords, about: "who answers for it: a driver, a carrier"),
            .required("actor", \.actor, .string(1...128), about: "who has written it down"),
            .required("recorded_at", \.recordedAt, .timestamp, about: "when it was written down"),
            make: TransferLoss.init(lot:damaged:lost:reason:answerable:actor:recordedAt:))
    }
}

extension JSONType where Value == TransferSuggestion {
    /// What may be brought where.
    static var transferSuggestion: Self {
        .object(
            "TransferSuggestion", about: "goods that may be brought from where they are free to where orders take them",
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .required("owner", \.owner, .code(), about: "whose it is"),
            .required("from", \.from, .code(), about: "the warehouse where they are"),
            .required("to", \.to, .code(), about: "the warehouse where they are needed"),
            .required("quantity", \.quantity, .quantity, about: "how much, in base units"),
            make: TransferSuggestion.init(sku:unit:owner:from:to:quantity:))
    }
}
