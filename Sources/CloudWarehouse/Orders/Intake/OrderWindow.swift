public import EventLoop

/// Where the orders of one loop come in, for an intake that lives on another.
///
/// What gathers within a turn goes over in one piece, and the answers of a batch come back in one: order by order, each would
/// cost the intake's loop, for which all others wait, several jobs.
public actor OrderWindow {
    private let intake: OrderIntake
    nonisolated let loop: EventLoop
    private var gathered: [(command: OrderCommand, waiter: OrderWaiter)] = []

    /// The loop that it is on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// A window of the intake on that loop.
    public init(of intake: OrderIntake, on loop: EventLoop) {
        self.intake = intake
        self.loop = loop
    }

    /// Does what the command says, as the intake does.
    func perform(_ command: OrderCommand) async -> OrderWaiter.Answer {
        await withCheckedContinuation { gather([(command, OrderWaiter($0, at: loop))]) }
    }

    /// Does what the commands say, in their order, as the intake does.
    func perform(all commands: [OrderCommand]) async -> [OrderWaiter.Answer] {
        await withCheckedContinuation { continuation in gather(commands, continuation) }
    }

    private func gather(_ commands: [OrderCommand], _ continuation: CheckedContinuation<[OrderWaiter.Answer], Never>) {
        let sheet = AnswerSheet(count: commands.count, continuation)
        gather(commands.enumerated().map { ($1, OrderWaiter(sheet, index: $0, at: loop)) })
    }

    private func gather(_ commands: [(command: OrderCommand, waiter: OrderWaiter)]) {
        let isFirst = gathered.isEmpty
        gathered.append(contentsOf: commands)
        // A loop that has stopped has no more turns.
        if loop.hasStopped { return handOver() }
        if isFirst { loop.atEndOfTurn { self.assumeIsolated { $0.handOver() } } }
    }

    private func handOver() {
        intake.take(gathered)
        gathered = []
    }
}
