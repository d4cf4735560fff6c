/// The registrations of a loop, found by the token that the kernel gives back.
///
/// A token is a slot and its generation, so that an event which the kernel reported before a cancellation finds
/// nothing, even when the slot already belongs to another descriptor.
struct RegistrationTable {
    private struct Slot {
        var generation: UInt32
        var registration: Registration?
    }

    private var slots: [Slot] = []
    private var free: [Int] = []

    /// How many registrations there are.
    var count: Int { slots.count - free.count }

    /// Puts the registration that `make` builds for a fresh token into the table.
    mutating func insert(_ make: (UInt64) -> Registration) -> Registration {
        let index = free.popLast() ?? slots.count
        if index == slots.count { slots.append(Slot(generation: 0, registration: nil)) }
        slots[index].generation &+= 1
        let registration = make(UInt64(slots[index].generation) << 32 | UInt64(index))
        slots[index].registration = registration
        return registration
    }

    subscript(token: UInt64) -> Registration? {
        let index = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
        guard index < slots.count, slots[index].generation == UInt32(truncatingIfNeeded: token >> 32) else {
            return nil
        }
        return slots[index].registration
    }

    mutating func remove(_ token: UInt64) {
        guard self[token] != nil else { return }
        let index = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
        slots[index].registration = nil
        free.append(index)
    }

    /// All registrations, in no order.
    var all: [Registration] { slots.compactMap(\.registration) }
}
