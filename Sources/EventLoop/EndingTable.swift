/// Something that is to be done when a loop stops; good for cancelling it.
public struct Ending: Hashable, Sendable {
    let number: UInt64
}

/// What is to be done when a loop stops, in the order of its asking.
struct EndingTable {
    private var bodies: [UInt64: () -> Void] = [:]
    private var nextNumber: UInt64 = 0

    mutating func insert(_ body: @escaping () -> Void) -> Ending {
        nextNumber += 1
        bodies[nextNumber] = body
        return Ending(number: nextNumber)
    }

    mutating func remove(_ ending: Ending) {
        bodies[ending.number] = nil
    }

    mutating func takeAll() -> [() -> Void] {
        defer { bodies = [:] }
        return bodies.sorted { $0.key < $1.key }.map(\.value)
    }
}
