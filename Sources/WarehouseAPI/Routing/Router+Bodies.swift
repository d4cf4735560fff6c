internal import HTTPServer
internal import HTTPTypes

extension Router {
    /// How many bytes the body of a request may have; nil for as many as usual.
    func bodyBytes(of request: Request) -> Int? {
        for (method, pattern, bytes) in generous where method == request.method {
            let path = request.pathBytes
            guard PathPattern.shape(of: path).segmentCount == pattern.segmentCount else { continue }
            if (try? pattern.parameters(of: path)) != nil { return bytes }
        }
        return nil
    }
}
