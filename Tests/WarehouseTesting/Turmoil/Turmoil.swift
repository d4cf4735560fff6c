internal import FoundationEssentials

/// Many clients at once.
///
/// `YUNCANG_TEST_TURMOIL` makes it so many times as long, for a run by hand.
package enum Turmoil {
    /// How many times as long as usual it is.
    package static let scale =
        ProcessInfo.processInfo.environment["YUNCANG_TEST_TURMOIL"].flatMap(Int.init).map { max(1, $0) } ?? 1

    /// Whether somebody has asked for it by hand.
    package static let isAskedFor = ProcessInfo.processInfo.environment["YUNCANG_TEST_TURMOIL"] != nil

    /// The seeds of so many turmoils, the first of them this one.
    package static func seeds(from first: UInt64, count: Int) -> [UInt64] { (0..<UInt64(count)).map { first + $0 } }

    /// Has clients do random things at these doors, each for as long as it is wanted after so many deeds.
    package static func play(
        _ book: TurmoilBook, at doors: [any TurmoilDoor], seed: UInt64, clients: Int = 10,
        while isWanted: @escaping @Sendable (_ deeds: Int) -> Bool = { $0 < 40 * scale }
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<clients {
                group.addTask {
                    var client = TurmoilClient(number: number, doors: doors, book: book, seed: seed)
                    try await client.run(while: isWanted)
                }
            }
            try await group.waitForAll()
        }
    }
}
