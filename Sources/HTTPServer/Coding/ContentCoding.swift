internal import HTTPTypes

/// Whether an answer is sent in gzip, and what that changes in it (RFC 9110, 8.4 and 12.5.3).
enum ContentCoding {
    /// The answer in the coding that its client takes.
    ///
    /// It is compressed where that pays: from ``HTTPServer/Limits/gzipBytes`` on, or of unknown length, and of a type that
    /// compresses. What may not be stored is not compressed either: it holds secrets, and lengths of compressed secrets tell
    /// of them (BREACH). Where there is no coder left, it goes out as it is.
    static func coded(
        _ response: Response, for request: Request, limits: HTTPServer.Limits, places: GzipPlaces
    ) -> Response {
        if response.status.code == 304 { return notModified(response, for: request) }
        guard response.mayHaveContent, isLargeEnough(response.body, limits), isCompressible(response.fields) else {
            return response
        }
        var answer = response
        // Caches are told even where this client takes no gzip: the next one may.
        tellCaches(&answer)
        guard takesGzip(request), let body = compressed(response.body, isHead: request.method == .head, places) else {
            return answer
        }
        answer.body = body
        answer.fields.append(.contentEncoding, "gzip")
        if let tag = response.fields.entityTag { answer.fields.replace(.eTag, with: tag.inGzip.description) }
        return answer
    }

    /// The content in gzip; nil where it cannot be had. For HEAD nothing is compressed: fields tell of it, and no length.
    private static func compressed(_ body: ResponseBody, isHead: Bool, _ places: GzipPlaces) -> ResponseBody? {
        switch body {
        case .constant(let content): return content.inGzip.map(ResponseBody.bytes)
        case .bytes where isHead, .stream where isHead: return .stream(.untold)
        case .bytes(let content): return GzipEncoder.compress(content).map(ResponseBody.bytes)
        case .stream(let stream):
            return places.take().flatMap(GzipEncoder.init(at:)).map { .stream(stream.compressed(by: $0)) }
        }
    }

    /// A client that has the state in gzip is told so by the tag that it knows.
    private static func notModified(_ response: Response, for request: Request) -> Response {
        guard let tag = response.fields.entityTag,
            case .tags(let known)? = EntityTagList(request.fields.values(of: .ifNoneMatch)),
            known.contains(where: { $0.opaque == tag.inGzip.opaque }), takesGzip(request)
        else { return response }
        var answer = response
        answer.fields.replace(.eTag, with: tag.inGzip.description)
        tellCaches(&answer)
        return answer
    }

    private static func tellCaches(_ answer: inout Response) {
        let known = answer.fields.value(of: .vary).map { $0 + ", " } ?? ""
        answer.fields.replace(.vary, with: known + "Accept-Encoding")
    }

    private static func isLargeEnough(_ body: ResponseBody, _ limits: HTTPServer.Limits) -> Bool {
        switch body {
        case .bytes(let content): content.count >= limits.gzipBytes
        case .constant(let content): content.plain.count >= limits.gzipBytes
        case .stream(let stream): !stream.isEvents
        }
    }

    private static func isCompressible(_ fields: ResponseFields) -> Bool {
        guard fields.value(of: .contentEncoding) == nil,
            let type = fields.value(of: .contentType)?.lowercased().prefix(while: { $0 != ";" && $0 != " " })
        else { return false }
        let cacheControl = fields.value(of: .cacheControl)?.lowercased() ?? ""
        guard !cacheControl.contains("no-store"), !cacheControl.contains("no-transform") else { return false }
        return type.hasPrefix("text/") && type != "text/event-stream" || type.hasSuffix("json")
            || type.hasSuffix("+xml")
            || type == "application/javascript" || type == "application/xml"
    }

    /// Whether gzip is acceptable and the plain form is not preferred. Without a word about codings, nothing is coded.
    private static func takesGzip(_ request: Request) -> Bool {
        let list = WeightedList(request.fields.values(of: .acceptEncoding))
        func weight(_ coding: String) -> Int? { list.members.first { $0.value == coding }?.weight }
        let gzip = weight("gzip") ?? weight("x-gzip") ?? weight("*") ?? 0
        return gzip > 0 && gzip >= weight("identity") ?? 0
    }
}
