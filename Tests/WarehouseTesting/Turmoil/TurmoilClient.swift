internal import CloudWarehouse
internal import EventLoop

/// One client: a random deed at one of the doors, again and again. It asks until it has an answer that tells whether it is
/// done, as a real client would: the same again, at whichever door.
package struct TurmoilClient: Sendable {
    private let number: Int
    private let doors: [any TurmoilDoor]
    private let book: TurmoilBook
    private var random: SplitMix
    private var orders: [TurmoilOrder] = []

    /// How long it asks for one thing.
    private static let patience = Duration.seconds(60)

    /// The client of this number; each `seed` is another turmoil.
    package init(number: Int, doors: [any TurmoilDoor], book: TurmoilBook, seed: UInt64) {
        self.number = number
        self.doors = doors
        self.book = book
        random = SplitMix(seed: seed &* 1_000 &+ UInt64(number))
    }

    /// Does one thing after another.
    ///
    /// - Parameter isWanted: Whether it is to go on after so many.
    package mutating func run(while isWanted: (_ deeds: Int) -> Bool) async throws {
        var deed = 0
        while isWanted(deed) {
            defer { deed += 1 }
            switch random.pick(1...14) {
            case 1...5: await place(try order(deed))
            case 6:
                if let order = orders.randomElement(using: &random) { await place(order.command) }
            case 7: try await receive(deed)
            default: try await change()
            }
        }
    }

    private mutating func ask(
        _ deed: TurmoilDeed, of reference: OrderReference, _ question: (any TurmoilDoor) async -> TurmoilAnswer
    ) async -> TurmoilAnswer {
        // Others are tested beside this, on as few processors.
        try? await Task.sleep(for: .milliseconds(random.pick(0...15)))
        var door = Int(random.pick(0...Int64(doors.count - 1)))
        let deadline = MonotonicInstant.now().advanced(by: Self.patience)
        while true {
            let began = MonotonicInstant.now()
            let answer = await question(doors[door])
            book.note(
                TurmoilAttempt(client: number, deed: deed, began: began, ended: .now(), answer: answer), of: reference)
            if answer.isDefinite { return answer }
            guard MonotonicInstant.now() < deadline, !Task.isCancelled else {
                book.complain("\(reference.rawValue): \(deed) has no answer, at last \(answer)")
                return answer
            }
            door = (door + 1) % doors.count
            try? await Task.sleep(for: .milliseconds(30))
        }
    }

    private mutating func lines() throws -> [PlaceOrder.Line] {
        try (0..<random.pick(1...2)).map { _ in
            PlaceOrder.Line(
                sku: (TurmoilShop.singles + [TurmoilShop.box]).randomElement(using: &random)!,
                quantity: try Quantity(random.pick(1...4)))
        }
    }

    private mutating func order(_ deed: Int) throws -> PlaceOrder {
        let payments: [PlaceOrder.Payment] = [
            .paid, .paid, .due(withinSeconds: 1), .due(withinSeconds: 60), .paidElsewhere,
        ]
        // One in six is everybody's, so that the same reference comes from several at once.
        let isShared = random.once(in: 6)
        let reference = isShared ? "shared-\(deed / 40)-\(random.pick(1...12))" : "\(number)-\(deed)"
        return try PlaceOrder(
            source: Melons.source, reference: OrderReference(rawValue: reference)!,
            lines: isShared ? [PlaceOrder.Line(sku: Melons.melon, quantity: Quantity(2))] : lines(),
            payment: isShared ? .due(withinSeconds: 60) : payments.randomElement(using: &random)!,
            terms: OrderTerms(buyer: isShared ? nil : Buyer(rawValue: "buyer-\(random.pick(1...3))")))
    }

    private mutating func place(_ order: PlaceOrder) async {
        let answer = await ask(.place(order.payment), of: order.key.reference) { await $0.place(order) }
        guard case .placed(let placed) = answer else { return }
        let known = TurmoilOrder(command: order, placed: placed)
        if !orders.contains(known) { orders.append(known) }
    }

    private mutating func receive(_ deed: Int) async throws {
        let quantities = [TurmoilShop.singles.randomElement(using: &random)!: random.pick(1...6)]
        let warehouse = random.once(in: 2) ? Melons.warehouse : TurmoilShop.second
        let receipt = try TurmoilShop.receipt("RK-\(number)-\(deed)", quantities, in: warehouse)
        let deadline = MonotonicInstant.now().advanced(by: Self.patience)
        while !(await doors[Int(random.pick(0...Int64(doors.count - 1)))].receive(receipt)) {
            guard MonotonicInstant.now() < deadline, !Task.isCancelled else {
                return book.complain("\(receipt.reference.rawValue): the delivery has no answer")
            }
            try? await Task.sleep(for: .milliseconds(30))
        }
        book.received(quantities)
    }

    private mutating func change() async throws {
        guard let order = orders.randomElement(using: &random) else { return }
        let (change, event): (ChangeOrder.Change, OrderEvent) =
            switch random.pick(1...9) {
            case 1...3: (.pay, .pay)
            case 4: (.cancel, .cancel)
            case 5: (.claim, .claim)
            case 6, 7: (.edit(try lines()), .edit)
            default:
                (.reduce([.init(position: 1, quantity: try Quantity(random.pick(0...2)))]), .reduce)
            }
        _ = await ask(.change(event), of: order.command.key.reference) { await $0.change(change, of: order) }
    }
}
