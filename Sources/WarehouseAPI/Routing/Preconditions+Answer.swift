internal import HTTPServer
internal import HTTPTypes

extension Preconditions {
    /// `whole` to one who asks for a state, or 304 to one who has it already.
    ///
    /// - Throws: 412 to one who wants another.
    func answer(_ whole: Response, tagged tag: EntityTag) throws(Problem) -> Response {
        switch verdict(on: tag) {
        case .proceed: return whole
        case .notModified: return Response(status: .notModified, fields: whole.fields)
        case .failed: throw .preconditionFailed
        }
    }
}

extension Problem {
    /// A condition of the request is not met.
    static let preconditionFailed = Problem(
        .preconditionFailed, "It is not in a state that If-Match or If-None-Match asks for: read it again.")
}
