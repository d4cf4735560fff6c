import Testing

@testable import Postgres

@Suite struct PoolMachineTests {
    private let down = ConnectFailure(kind: .unreachable, message: "down")

    @Test("the first to ask is the first to get, and the last connection back is the first out")
    func fairness() {
        var pool = PoolMachine(connectionsAtMost: 2, waitersAtMost: 10)
        #expect(pool.asked(1) == [.connect(1)])
        #expect(pool.asked(2) == [.connect(2)])
        #expect(pool.asked(3) == [])
        #expect(pool.connected(2) == [.give(2, to: 1)])
        #expect(pool.connected(1) == [.give(1, to: 2)])
        #expect(pool.released(1, healthy: true) == [.give(1, to: 3)])
        #expect(pool.released(1, healthy: true) == [])
        #expect(pool.released(2, healthy: true) == [])
        #expect(pool.asked(4) == [.give(2, to: 4)])
    }

    @Test("beyond its bound a waiter is refused at once, and no more connections are made than allowed")
    func bounds() {
        var pool = PoolMachine(connectionsAtMost: 1, waitersAtMost: 2)
        #expect(pool.asked(1) == [.connect(1)])
        #expect(pool.asked(2) == [])
        #expect(pool.asked(3) == [.refuse(3, .tooManyWaiters)])
    }

    @Test("while connecting fails, one attempt is made at a time, later and later, and the refusal says why")
    func backoff() {
        var pool = PoolMachine(connectionsAtMost: 4, waitersAtMost: 10)
        #expect(pool.asked(1) == [.connect(1)])
        #expect(pool.connectFailed(1, down) == [.retryLater(failures: 1)])
        #expect(pool.asked(2) == [], "no attempt before the delay is over")
        #expect(pool.retryDue() == [.connect(2)])
        #expect(pool.asked(3) == [], "one attempt at a time")
        #expect(pool.connectFailed(2, down) == [.retryLater(failures: 2)])
        #expect(pool.waiterExpired(1) == [.refuse(1, .deadlineExceeded(lastFailure: down))])
        #expect(pool.retryDue() == [.connect(3)])
        #expect(pool.connected(3) == [.give(3, to: 2), .connect(4)])
        #expect(pool.lastFailure == nil)
    }

    @Test("a waiter that left gets nothing, and its connection goes to the next")
    func leaving() {
        var pool = PoolMachine(connectionsAtMost: 1, waitersAtMost: 10)
        _ = pool.asked(1)
        _ = pool.asked(2)
        let (left, leftAgain) = (pool.waiterLeft(1), pool.waiterLeft(1))
        #expect(left)
        #expect(!leftAgain)
        #expect(pool.waiterExpired(1) == [])
        #expect(pool.connected(1) == [.give(1, to: 2)])
        let leftLate = pool.waiterLeft(2)
        #expect(!leftLate, "it has a connection already")
    }

    @Test("a broken connection is replaced for those who wait, whether it broke idle or on loan")
    func breaking() {
        var pool = PoolMachine(connectionsAtMost: 1, waitersAtMost: 10)
        _ = pool.asked(1)
        _ = pool.connected(1)
        #expect(pool.broke(1) == [], "on loan: whoever has it brings it back")
        _ = pool.asked(2)
        #expect(pool.released(1, healthy: false) == [.close(1), .connect(2)])
        _ = pool.connected(2)
        _ = pool.released(2, healthy: true)
        #expect(pool.broke(2) == [])
        #expect(pool.asked(3) == [.connect(3)], "the idle one that broke is not given out")
    }

    @Test("closing refuses those who wait, closes what is idle, and is finished when the last loan is back")
    func closing() {
        var pool = PoolMachine(connectionsAtMost: 2, waitersAtMost: 10)
        _ = pool.asked(1)
        _ = pool.connected(1)
        _ = pool.asked(2)
        #expect(pool.close() == [.refuse(2, .closed)])
        #expect(pool.asked(3) == [.refuse(3, .closed)])
        #expect(pool.connected(2) == [.close(2)])
        #expect(pool.released(1, healthy: true) == [.close(1), .finished])
        #expect(pool.close() == [])
    }

    @Test("whatever happens in whatever order, no connection has two holders and no waiter is forgotten")
    func anyOrder() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let model = PoolModel(connectionsAtMost: 3, waitersAtMost: 5, generator: generator)
            model.run(steps: 200)
            #expect(model.faults == [])
            generator = model.generator
        }
    }
}

/// Drives a pool with random events and holds its actions against what may be.
private final class PoolModel {
    private var pool: PoolMachine
    private var holders: [Int: Int] = [:]
    private var connecting: Set<Int> = []
    private var waiting: Set<Int> = []
    private var nextWaiter = 0
    private var retryPending = false
    private let connectionsAtMost: Int
    var generator: SeededGenerator
    private(set) var faults: [String] = []

    init(connectionsAtMost: Int, waitersAtMost: Int, generator: SeededGenerator) {
        self.connectionsAtMost = connectionsAtMost
        pool = PoolMachine(connectionsAtMost: connectionsAtMost, waitersAtMost: waitersAtMost)
        self.generator = generator
    }

    func run(steps: Int) {
        for _ in 0..<steps { step() }
        settle()
        if !waiting.isEmpty { faults.append("forgotten waiters: \(waiting.sorted())") }
    }

    private func step() {
        switch Int.random(in: 0..<7, using: &generator) {
        case 0, 1:
            nextWaiter += 1
            waiting.insert(nextWaiter)
            apply(pool.asked(nextWaiter))
        case 2: if let id = connecting.sorted().first { connected(id) }
        case 3:
            if let id = connecting.sorted().last {
                connecting.remove(id)
                apply(pool.connectFailed(id, ConnectFailure(kind: .unreachable, message: "down")))
            }
        case 4: if let id = holders.keys.sorted().first { giveBack(id, healthy: Bool.random(using: &generator)) }
        case 5: if retryPending { retry() }
        default:
            if let waiter = waiting.sorted().first, pool.waiterLeft(waiter) { waiting.remove(waiter) }
        }
        if connecting.count + holders.count > connectionsAtMost { faults.append("too many connections") }
    }

    /// Everything heals: then nobody may be left waiting.
    private func settle() {
        for _ in 0..<100 {
            if retryPending { retry() }
            for id in connecting.sorted() { connected(id) }
            for id in holders.keys.sorted() { giveBack(id, healthy: true) }
        }
    }

    private func connected(_ id: Int) {
        connecting.remove(id)
        apply(pool.connected(id))
    }

    private func giveBack(_ id: Int, healthy: Bool) {
        holders[id] = nil
        apply(pool.released(id, healthy: healthy))
    }

    private func retry() {
        retryPending = false
        apply(pool.retryDue())
    }

    private func apply(_ actions: [PoolMachine.Action]) {
        for action in actions {
            switch action {
            case .give(let id, let waiter):
                if holders.updateValue(waiter, forKey: id) != nil { faults.append("connection \(id) given twice") }
                if waiting.remove(waiter) == nil { faults.append("waiter \(waiter) served twice") }
            case .connect(let id): connecting.insert(id)
            case .retryLater:
                if retryPending { faults.append("two retries pending") }
                retryPending = true
            case .refuse(let waiter, _): waiting.remove(waiter)
            case .close, .finished: break
            }
        }
    }
}
