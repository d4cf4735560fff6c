internal import EventLoop

/// How many may wait for events at once, in all and with one token, so that nobody takes all the places.
public final class EventPlaces: Sendable {
    /// Whether there was a place.
    public enum Answer: Sendable {
        /// There was: it is whoever's who asked, for as long as they keep it.
        case place(EventPlace)
        /// The token has as many already as one may have.
        case tokenHasEnough
        /// All are taken.
        case full
    }

    /// The most places of one token.
    public let perToken: Int
    private let all: Int
    private let taken = Lock<(count: Int, byToken: [ID<Token>: Int])>((0, [:]))

    /// So many places.
    public init(all: Int = 1_024, perToken: Int = 64) {
        (self.all, self.perToken) = (all, perToken)
    }

    /// Takes a place for the bearer of a token.
    public func take(for token: ID<Token>) -> Answer {
        taken.withLock { taken in
            let own = taken.byToken[token, default: 0]
            guard own < perToken else { return .tokenHasEnough }
            guard taken.count < all else { return .full }
            taken.byToken[token] = own + 1
            taken.count += 1
            return .place(EventPlace(of: token, among: self))
        }
    }

    /// How many are taken.
    var takenCount: Int { taken.withLock { $0.count } }

    fileprivate func giveBack(_ token: ID<Token>) {
        taken.withLock { taken in
            taken.count -= 1
            let left = taken.byToken[token, default: 1] - 1
            taken.byToken[token] = left > 0 ? left : nil
        }
    }
}

/// One place among those who wait for events; it is free again once nobody keeps it.
public final class EventPlace: Sendable {
    private let token: ID<Token>
    private let places: EventPlaces

    fileprivate init(of token: ID<Token>, among places: EventPlaces) {
        (self.token, self.places) = (token, places)
    }

    deinit { places.giveBack(token) }
}
