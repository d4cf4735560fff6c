internal import HTTPTypes

/// What a request makes its effect depend on: If-Match and If-None-Match, in the order of RFC 9110, 13.2.2.
///
/// There are no dates among the validators of this server, so conditions on dates are passed over, as 13.1.3 and 13.1.4 have it.
/// Evaluate them when everything else about the request is in order: one that would be refused anyway is refused for that.
public struct Preconditions: Sendable {
    /// What is to become of the request.
    public enum Verdict: Hashable, Sendable {
        /// Go on as if there were no conditions.
        case proceed
        /// The client has this state already: answer 304.
        case notModified
        /// Do nothing: answer 412.
        case failed
    }

    /// A condition that is no list of tags is never met: a change that hangs on it is not made.
    private enum Condition: Sendable {
        case absent
        case malformed
        case list(EntityTagList)

        init(_ name: HTTPField.Name, of fields: RequestFields) {
            self = fields.has(name) ? EntityTagList(fields.values(of: name)).map(Condition.list) ?? .malformed : .absent
        }
    }

    private let ifMatch: Condition
    private let ifNoneMatch: Condition
    /// Whether the request is for the state itself, and not for a change of it.
    private let reads: Bool

    /// The conditions of a request.
    public init(_ request: Request) {
        reads = request.method == .get || request.method == .head
        ifMatch = Condition(.ifMatch, of: request.fields)
        ifNoneMatch = Condition(.ifNoneMatch, of: request.fields)
    }

    /// Whether there are none.
    public var isEmpty: Bool {
        if case .absent = ifMatch, case .absent = ifNoneMatch { true } else { false }
    }

    /// Evaluates the conditions on the state that there is now.
    ///
    /// - Parameter current: The state's tag; nil where there is nothing yet.
    public func verdict(on current: EntityTag?) -> Verdict {
        switch ifMatch {
        case .absent: break
        case .malformed: return .failed
        case .list(let list): if !list.names(current, strongly: true) { return .failed }
        }
        switch ifNoneMatch {
        case .absent: return .proceed
        case .malformed: return reads ? .proceed : .failed
        case .list(let list):
            guard list.names(current, strongly: false) else { return .proceed }
            return reads ? .notModified : .failed
        }
    }
}

extension EntityTagList {
    /// Whether the state is among those named. A weak tag is the same as another only where a weak comparison will do.
    fileprivate func names(_ current: EntityTag?, strongly: Bool) -> Bool {
        guard let current else { return false }
        switch self {
        case .any: return true
        case .tags(let tags):
            return tags.contains { tag in
                tag.state.opaque == current.state.opaque && !(strongly && (tag.isWeak || current.isWeak))
            }
        }
    }
}
