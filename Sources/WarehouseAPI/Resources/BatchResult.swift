internal import CloudWarehouse
internal import HTTPTypes
internal import JSON

/// What has become of one order of many: it is placed, or there is a problem.
struct BatchResult: Sendable {
    /// A problem, as it would have been the answer to the order alone.
    struct Fault: Sendable {
        var status: Int
        var code: String
        var detail: String
        var errors: [FieldFault]
    }

    /// Which field of the order it is about.
    struct FieldFault: Sendable {
        var pointer: String
        var code: String
        var detail: String
    }

    var reference: OrderReference
    var order: PlaceOrderDocument.Answer?
    var problem: Fault?

    private init(reference: OrderReference, order: PlaceOrderDocument.Answer?, problem: Fault?) {
        (self.reference, self.order, self.problem) = (reference, order, problem)
    }

    init(_ order: PlaceOrderDocument.Answer) {
        self.init(reference: order.reference, order: order, problem: nil)
    }

    init(reference: OrderReference, problem: Problem) {
        self.init(
            reference: reference, order: nil,
            problem: Fault(
                status: problem.status.code, code: problem.code.rawValue, detail: problem.detail,
                errors: problem.faults.compactMap { fault in
                    fault.pointer.map { FieldFault(pointer: $0, code: fault.code, detail: fault.detail) }
                }))
    }

    static let type = JSONType<BatchResult>.object(
        "BatchResult", about: "an order that is placed, or why it is not",
        .required("reference", \.reference, .reference, about: "the source's number for the order"),
        .optional("order", \.order, PlaceOrderDocument.placed, about: "the order, if it is placed"),
        .optional("problem", \.problem, fault, about: "why it is not placed, if it is not"),
        make: BatchResult.init(reference:order:problem:))

    private static let fault = JSONType<Fault>.object(
        "BatchProblem", about: "the problem that would have answered the order, had it been sent alone",
        .required("status", \.status, JSONType<Int>.integer(400...599), about: "the status of the answer"),
        .required("code", \.code, .string(1...64), about: "what programs tell problems apart by; never changes"),
        .required(
            "detail", \.detail, .string(1...10_000), about: "what is wrong here and now, and what would be right"),
        .required(
            "errors", \.errors, .array(of: fieldFault, count: 0...Problem.maximumFaults),
            about: "the fields of the order that it is about"),
        make: Fault.init)

    private static let fieldFault = JSONType<FieldFault>.object(
        "BatchFieldProblem", about: "one field",
        .required("pointer", \.pointer, .string(0...1_000), about: "JSON Pointer into the order"),
        .required("code", \.code, .string(1...64), about: "what programs tell problems apart by; never changes"),
        .required(
            "detail", \.detail, .string(1...10_000), about: "what is wrong here and now, and what would be right"),
        make: FieldFault.init)
}
