internal import EventLoop

/// Asks again and again, for at most `patience`, until `condition` holds.
package func eventually(
    within patience: Duration = .seconds(10), _ condition: () async throws -> Bool
) async throws -> Bool {
    let deadline = MonotonicInstant.now().advanced(by: patience)
    while MonotonicInstant.now() < deadline {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(5))
    }
    return false
}
