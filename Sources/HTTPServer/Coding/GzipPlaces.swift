internal import Synchronization

/// How many streams of one server are compressed at once: each keeps a quarter of a megabyte for as long as its client takes.
final class GzipPlaces: Sendable {
    /// One of them; it is free again once nobody keeps it.
    final class Place: Sendable {
        private let places: GzipPlaces

        fileprivate init(among places: GzipPlaces) {
            self.places = places
        }

        deinit { places.taken.subtract(1, ordering: .relaxed) }
    }

    private let limit: Int
    private let taken = Atomic<Int>(0)

    /// So many.
    init(_ limit: Int) {
        self.limit = limit
    }

    /// A place, if there is one.
    func take() -> Place? {
        guard taken.add(1, ordering: .relaxed).newValue <= limit else {
            taken.subtract(1, ordering: .relaxed)
            return nil
        }
        return Place(among: self)
    }
}
