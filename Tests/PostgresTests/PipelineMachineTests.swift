import Testing

@testable import Postgres

@Suite struct PipelineMachineTests {
    typealias Machine = PipelineMachine

    private func actions(_ groups: [[Machine.Step]], _ answers: [Machine.Answer]) -> [Machine.Action] {
        var machine = Machine()
        for group in groups { machine.sent(group) }
        return answers.map { machine.received($0) }
    }

    @Test("a request is complete only when its sync is answered, for that is when it is committed")
    func completesAtSync() {
        #expect(
            actions([[.prepare(name: "a"), .command]], [.result, .end, .result, .end, .sync])
                == [.nothing, .nothing, .keep, .nothing, .complete])
    }

    @Test("an error skips the rest of its own group and leaves the next one alone")
    func errorsStayInTheirGroup() {
        #expect(
            actions(
                [[.command, .command], [.command]],
                [.error, .end, .skipped, .end, .sync, .result, .end, .sync])
                == [.fail, .nothing, .nothing, .nothing, .complete, .keep, .nothing, .complete])
    }

    @Test("a statement that was refused, or skipped, is not taken for prepared")
    func preparedNames() {
        #expect(
            actions([[.prepare(name: "a"), .command]], [.error, .end, .skipped, .end, .sync])
                == [.failPreparing(name: "a"), .nothing, .nothing, .nothing, .complete])
        #expect(
            actions(
                [[.command, .prepare(name: "b"), .command]], [.error, .end, .skipped, .end, .skipped, .end, .sync])
                == [.fail, .nothing, .forget(name: "b"), .nothing, .nothing, .nothing, .complete])
    }

    @Test("NULLs between groups mean nothing")
    func stray() {
        #expect(
            actions([[.command], [.command]], [.end, .result, .end, .end, .sync, .end, .result, .end, .sync, .end])
                == [
                    .nothing, .keep, .nothing, .nothing, .complete, .nothing, .keep, .nothing, .complete, .nothing,
                ])
    }

    @Test(
        "an answer that nobody asked for ends the connection instead of reaching the wrong request",
        arguments: [
            ([], [.result]), ([[.command]], [.sync]), ([[.command]], [.result, .result]),
            ([[.command]], [.result, .end, .result]),
        ] as [([[Machine.Step]], [Machine.Answer])])
    func violations(groups: [[Machine.Step]], answers: [Machine.Answer]) {
        guard case .violation = actions(groups, answers).last else {
            Issue.record("expected a violation, got \(actions(groups, answers))")
            return
        }
    }

    @Test("any mix of groups and failures gives each group exactly one completion, in order")
    func everyGroupCompletes() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            var machine = Machine()
            let groups = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                (0..<Int.random(in: 1...4, using: &generator)).map { index in
                    Bool.random(using: &generator) ? Machine.Step.command : .prepare(name: "p\(index)")
                }
            }
            for group in groups { machine.sent(group) }
            var completed = 0
            for group in groups {
                var failed = false
                for _ in group {
                    let fails = !failed && Int.random(in: 0..<4, using: &generator) == 0
                    let action = machine.received(failed ? .skipped : fails ? .error : .result)
                    failed = failed || fails
                    if case .violation = action { Issue.record("violation: \(action)") }
                    #expect(machine.received(.end) == .nothing)
                }
                if machine.received(.sync) == .complete { completed += 1 }
            }
            #expect(completed == groups.count)
            #expect(machine.depth == 0)
        }
    }
}

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
