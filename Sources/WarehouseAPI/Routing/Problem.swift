internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// What went wrong, as RFC 9457 has it told: a stable code for programs, a sentence for people, and each field's fault.
struct Problem: Error, Sendable {
    /// Codes never change their meaning; programs tell problems apart by them.
    enum Code: String, CaseIterable, Sendable {
        case malformedRequest = "malformed_request"
        case malformedJSON = "malformed_json"
        case invalidBody = "invalid_body"
        case invalidParameter = "invalid_parameter"
        case unauthenticated
        case forbidden
        case foreignOrigin = "foreign_origin"
        case unsupportedMediaType = "unsupported_media_type"
        case notFound = "not_found"
        case methodNotAllowed = "method_not_allowed"
        case notAcceptable = "not_acceptable"
        case preconditionFailed = "precondition_failed"
        case unknownSKU = "unknown_sku"
        case noPrice = "no_price"
        case amountTooLarge = "amount_too_large"
        case soldOut = "sold_out"
        case referenceConflict = "reference_conflict"
        case codeTaken = "code_taken"
        case otherUnit = "other_unit"
        case nestedSet = "nested_set"
        case ownStock = "own_stock"
        case giftSet = "gift_set"
        case unknownOwner = "unknown_owner"
        case unknownWarehouse = "unknown_warehouse"
        case unknownLocation = "unknown_location"
        case wrongState = "wrong_state"
        case beyondDocument = "beyond_document"
        case unsuitableLocation = "unsuitable_location"
        case unknownZone = "unknown_zone"
        case closed
        case notEmpty = "not_empty"
        case quantityTooLarge = "quantity_too_large"
        case expired
        case unknownLot = "unknown_lot"
        case notThere = "not_there"
        case noRoom = "no_room"
        case promised
        case notReversible = "not_reversible"
        case notCancellable = "not_cancellable"
        case notPayable = "not_payable"
        case notClaimable = "not_claimable"
        case notEditable = "not_editable"
        case revisionConflict = "revision_conflict"
        case orderDamaged = "order_damaged"
        case unknownLine = "unknown_line"
        case moreThanOrdered = "more_than_ordered"
        case nothingRemains = "nothing_remains"
        case tooManyLines = "too_many_lines"
        case buyerRequired = "buyer_required"
        case buyerLimit = "buyer_limit"
        case recipientsNotConfigured = "recipients_not_configured"
        case recipientErased = "recipient_erased"
        case recipientUnreadable = "recipient_unreadable"
        case tooManyRequests = "too_many_requests"
        case busy
        case unavailable
        case outcomeUnknown = "outcome_unknown"
        case refused
        case internalError = "internal_error"

        /// The status that a problem of this code is answered with.
        var status: HTTPResponse.Status {
            switch self {
            case .malformedRequest, .malformedJSON, .invalidParameter, .refused: .badRequest
            case .invalidBody, .unknownSKU, .noPrice, .amountTooLarge, .recipientsNotConfigured, .unknownOwner,
                .unknownWarehouse, .unknownLocation, .unknownZone, .unknownLot, .quantityTooLarge, .expired,
                .unknownLine, .moreThanOrdered, .buyerRequired:
                .unprocessableContent
            case .unauthenticated: .unauthorized
            case .forbidden, .foreignOrigin: .forbidden
            case .unsupportedMediaType: .unsupportedMediaType
            case .notFound: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .notAcceptable: .notAcceptable
            case .soldOut, .referenceConflict, .codeTaken, .otherUnit, .nestedSet, .ownStock, .giftSet, .notCancellable,
                .notPayable,
                .notClaimable, .notEditable, .revisionConflict, .orderDamaged, .nothingRemains, .tooManyLines,
                .buyerLimit,
                .recipientUnreadable, .notThere, .noRoom, .promised, .notReversible, .closed, .notEmpty, .wrongState,
                .beyondDocument, .unsuitableLocation:
                .conflict
            case .recipientErased: .gone
            case .tooManyRequests: .tooManyRequests
            case .preconditionFailed: .preconditionFailed
            case .busy, .unavailable, .outcomeUnknown: .serviceUnavailable
            case .internalError: .internalServerError
            }
        }

        /// The same short words for every problem of this code.
        var title: String {
            rawValue.split(separator: "_").joined(separator: " ").replacing("sku", with: "SKU").replacing(
                "json", with: "JSON")
        }
    }

    /// One fault: where, which and what would be right. It has a pointer or a parameter.
    struct FieldFault: Sendable {
        /// A JSON Pointer into the body.
        var pointer: String?
        /// The name of a parameter of the path or the query.
        var parameter: String?
        var code: String
        var detail: String
    }

    /// How many faults a problem names.
    static let maximumFaults = 1_000

    let code: Code
    /// What is wrong here and now, and what would be right.
    let detail: String
    var faults: [FieldFault] = []
    var fields: [(name: HTTPField.Name, value: String)] = []
    /// What failed underneath, for the log alone.
    var cause: PostgresError?
    /// Stands in for the code's own status, where the server has refused before any route was found.
    var status: HTTPResponse.Status
    /// What the request is called that met the problem.
    var requestID: RequestID?
    /// The route that the request was for.
    var route = RouteNumber.none
    /// Whether a browser asked, for a page in that language.
    var page: PageLanguage?

    init(_ code: Code, _ detail: String, fields: [(name: HTTPField.Name, value: String)] = []) {
        self.code = code
        self.detail = detail
        self.fields = fields
        status = code.status
    }

    /// A problem with one field of the body.
    init(_ code: Code, _ detail: String, at pointer: String) {
        self.init(code, detail)
        faults = [FieldFault(pointer: pointer, code: code.rawValue, detail: detail)]
    }

    /// A problem with one parameter.
    init(_ detail: String, parameter name: String) {
        self.init(.invalidParameter, detail)
        faults = [FieldFault(parameter: name, code: code.rawValue, detail: detail)]
    }

    /// A body that could not be read, all of its faults at once.
    init(_ refusal: JSONRefusal) {
        let malformed = refusal.isMalformed
        let first = refusal.problems[0]
        self.init(malformed ? .malformedJSON : .invalidBody, first.description)
        faults = refusal.problems.map {
            FieldFault(pointer: $0.path.pointer, code: $0.code.rawValue, detail: $0.message)
        }
    }

    /// What the server itself refuses, in the API's form.
    init(_ refusal: Refusal) {
        let code: Code =
            switch refusal {
            case .handlerFailed: .internalError
            case .handlerTimedOut, .tooManyConnections, .tooManyConnectionsOfAddress, .stopping:
                .unavailable
            case .changeTimedOut: .outcomeUnknown
            default: .refused
            }
        let advice = refusal == .changeTimedOut ? " Send it again under the same reference: nothing is done twice." : ""
        self.init(
            code, refusal.explanation + advice,
            fields: refusal.status == .serviceUnavailable ? [(.retryAfter, "1")] : [])
        status = refusal.status
    }

    /// The URI reference that names the code.
    private var type: String { "/problems/" + code.rawValue.replacing("_", with: "-") }

    /// The answer.
    var response: Response {
        var answer = ResponseFields()
        answer.append(.contentType, "application/problem+json")
        // It is about this request, and what it says may be past the next moment.
        answer.append(.cacheControl, "no-store")
        for (name, value) in fields { answer.append(name, value) }
        var response = Response(status: status, fields: answer, body: Self.json.bytes(of: self))
        response.route = route
        return response
    }

    private static let fault = JSONType<FieldFault>.object(
        "FieldFault", about: "one fault: it has a pointer or a parameter",
        .optional("pointer", \.pointer, .string(0...1_000), about: "a JSON Pointer into the body that was sent"),
        .optional("parameter", \.parameter, .string(0...128), about: "the name of a parameter of the path or query"),
        .required("code", \.code, .string(1...64), about: "which fault, for programs"),
        .required("detail", \.detail, .string(1...2_000), about: "what would be right"), make: FieldFault.init)

    /// Its declaration: what is written is what the OpenAPI document says.
    static let json = JSONType<Problem>.object(
        "Problem", about: "what went wrong (RFC 9457)",
        .required("type", { @Sendable problem in problem.type }, .string(1...200), about: "stands for the code"),
        .required("title", \.code.title, .string(1...200), about: "the code in words"),
        .required(
            "status", { @Sendable problem in Int64(problem.status.code) }, .integer(400...599),
            about: "the status of the answer"),
        .required("code", \.code, .choice(of: Code.self), about: "what programs tell problems apart by; never changes"),
        .required("detail", \.detail, .string(1...4_000), about: "what is wrong here and now, and what would be right"),
        errors, requestName,
        make: { _, _, _, code, detail, faults, id in Problem(code, detail, faults ?? [], id) })

    // Apart from the declaration above, whose type takes the compiler too long otherwise.
    private static let errors = JSONField<Problem, [FieldFault]?>.optional(
        "errors", { $0.faults.isEmpty ? nil : $0.faults }, .array(of: fault, count: 1...maximumFaults),
        about: "every field and parameter that is wrong")
    private static let requestName = JSONField<Problem, String?>.optional(
        "request_id", { $0.requestID?.description }, .string(1...RequestID.maximumLength),
        about: "what the request is called, as in X-Request-Id")

    private init(_ code: Code, _ detail: String, _ faults: [FieldFault], _ id: String?) {
        self.init(code, detail)
        self.faults = faults
        requestID = id.flatMap { RequestID($0.utf8) }
    }
}
