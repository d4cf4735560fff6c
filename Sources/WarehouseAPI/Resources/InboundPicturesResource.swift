internal import CloudWarehouse
internal import FoundationEssentials
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/inbounds/{reference}/pictures`: pictures of what was counted, as evidence of what was rejected.
struct InboundPicturesResource: Sendable {
    let stock: Stock

    /// What a picture is as base64, and what stands around it.
    private static let bodyBytes = (Picture.maximumBytes + 2) / 3 * 4 + 4_096

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/inbounds/{reference}/pictures", operation: "keepPicture",
                summary: "Keep a picture of what was counted. The same picture of the same count is kept once.",
                audience: .roles([.warehouse, .operator]), parameters: [Self.named], body: Self.upload.schema,
                bodyBytes: Self.bodyBytes, answer: JSONType<InboundPicture>.picture.schema, statuses: [.created],
                problems: [.notFound, .invalidParameter, .outcomeUnknown, .unavailable], handle: keep),
            Route(
                method: .get, path: "/v1/inbounds/{reference}/pictures/{digest}", operation: "showPicture",
                summary: "A picture of what was counted; a cooperative sees those of its own goods.",
                audience: .roles([.cooperative, .warehouse, .operator]),
                parameters: [
                    Self.named,
                    .path("digest", JSONType<PictureDigest>.pictureDigest, about: "the SHA-256 of the picture's bytes"),
                ],
                body: nil, answer: nil, problems: [.notFound, .invalidParameter, .unavailable],
                formats: [PictureKind.png, .jpeg, .webp].map(\.mediaType), handle: show),
        ]
    }

    private func keep(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let unknown = Problem(.notFound, "There is no such delivery.")
        guard let reference = ReceiptReference(rawValue: request.parameters[0]) else { throw unknown }
        let body = try request.body(Self.upload, bytes: Self.bodyBytes)
        let principal = try request.principal
        let kept = try await Problem.asking { () async throws(StockError) in
            try await stock.keep(body.picture, of: body.count, in: reference, by: principal)
        }
        return Response(kept.picture, as: .picture, status: .created)
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let unknown = Problem(.notFound, "There is no such picture.")
        guard let reference = ReceiptReference(rawValue: request.parameters[0]),
            let digest = PictureDigest(request.parameters[1])
        else { throw unknown }
        let own = try request.caller.owner
        let found = try await Problem.asking { () async throws(StockError) in
            try await stock.picture(digest, of: reference, ownedBy: own)
        }
        guard let picture = found else { throw unknown }
        // Whatever its bytes may be to a browser: it is shown as a picture, or not at all.
        let fields: ResponseFields = [
            .contentType: picture.kind.rawValue, .xContentTypeOptions: "nosniff",
            .contentSecurityPolicy: "default-src 'none'; sandbox",
        ]
        return Response(status: .ok, fields: fields, body: picture.bytes)
    }

    private static let named = RouteParameter.path(
        "reference", JSONType<ReceiptReference>.receiptReference, about: "what stands on the delivery's paper")

    // MARK: Bodies

    private struct Upload: Sendable {
        var count: ReceiptReference
        var picture: Picture
    }

    private static let upload = JSONType<Upload>.object(
        "PictureUpload", about: "a picture of what was counted",
        .required("count", \.count, .receiptReference, about: "the count's reference in its delivery"),
        .required("content", \.picture, .picture, about: "the picture's bytes"),
        make: Upload.init)
}

extension PictureKind {
    /// How it is sent.
    fileprivate var mediaType: MediaType { MediaType(rawValue) }
}

extension JSONType where Value == Picture {
    /// A picture in base64.
    fileprivate static var picture: Self {
        .text(
            JSONTextRule(
                length: 4...(Picture.maximumBytes + 2) / 3 * 4,
                about: "a JPEG, PNG or WebP picture of at most 2 MiB in base64"),
            parse: { text in
                Data(base64Encoded: JSONText.string(text)).flatMap { Picture(Array($0)) }
            }, text: { Data($0.bytes).base64EncodedString() })
    }
}

extension JSONType where Value == PictureDigest {
    /// By which a picture is known.
    static var pictureDigest: Self {
        .text(
            JSONTextRule(pattern: "^[0-9a-f]{64}$", length: 64...64, about: "64 hexadecimal digits"),
            parse: { PictureDigest(JSONText.string($0)) }, text: \.description)
    }
}

extension JSONType where Value == InboundPicture {
    /// A picture without its bytes.
    static var picture: Self {
        .object(
            "InboundPicture", about: "a picture of what was counted, without its bytes",
            .required("digest", \.digest, .pictureDigest, about: "the SHA-256 of the picture's bytes"),
            .required("media_type", \.kind, .choice(of: PictureKind.self), about: "what it is, as its bytes say"),
            .required(
                "bytes", { @Sendable in Int($0.size) }, .integer(1...Picture.maximumBytes),
                about: "how many bytes it has"),
            .required("count", \.count, .receiptReference, about: "the count's reference in its delivery"),
            make: { InboundPicture(digest: $0, kind: $1, size: Int32($2), count: $3) })
    }
}
