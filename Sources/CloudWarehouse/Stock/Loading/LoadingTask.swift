public import Postgres

/// Loading or unloading (装卸): work that people do at a dock, known by a reference. Here only its identity's type.
public enum Loading {
    /// The most people of one loading.
    public static let maximumWorkers = 50
    /// How many days back somebody may say that it began or ended.
    public static let maximumDays: Int64 = 7
}

/// Which way the goods go.
public enum LoadingKind: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 卸货: off the truck.
    case unload
    /// 装货: onto the truck.
    case load
}

/// What is loaded or unloaded, by its own document.
public struct LoadingSubject: Hashable, Sendable {
    /// The kind of the document.
    public enum Kind: String, CaseIterable, Hashable, Sendable, PostgresCodable {
        /// 入库单: a delivery.
        case inbound
    }

    /// What kind of document it is.
    public var kind: Kind
    /// What stands on its paper.
    public var reference: ReceiptReference

    /// A document with these fields.
    public init(kind: Kind, reference: ReceiptReference) {
        self.kind = kind
        self.reference = reference
    }
}

/// What is to be done where.
public struct LoadingPlan: Hashable, Sendable {
    /// Which way the goods go.
    public var kind: LoadingKind
    /// Where.
    public var warehouse: WarehouseCode
    /// What it is about; nil for a truck of which there is no paper yet.
    public var subject: LoadingSubject?

    /// A plan with these fields.
    public init(kind: LoadingKind, warehouse: WarehouseCode, subject: LoadingSubject? = nil) {
        self.kind = kind
        self.warehouse = warehouse
        self.subject = subject
    }
}

/// Somebody who loads or unloads.
public struct LoadingWorker: Hashable, Sendable {
    /// Who pays them.
    public enum Employment: String, CaseIterable, Hashable, Sendable, PostgresCodable {
        /// 员工
        case staff
        /// 临时工
        case hired
    }

    /// Their name.
    public var name: Name
    /// Who pays them.
    public var employment: Employment

    /// Somebody with these fields.
    public init(name: Name, employment: Employment) {
        self.name = name
        self.employment = employment
    }
}

/// The people of a loading: 1 to ``Loading/maximumWorkers``, nobody twice.
public struct LoadingCrew: Hashable, Sendable {
    /// In the order in which they were named.
    public let workers: [LoadingWorker]

    /// Takes them, or nothing when it breaks the rule.
    public init?(_ workers: [LoadingWorker]) {
        guard (1...Loading.maximumWorkers).contains(workers.count), Set(workers).count == workers.count else {
            return nil
        }
        self.workers = workers
    }
}

/// How much was moved: pieces, grams or both, at least one of them, each more than nothing.
public struct LoadingAmount: Hashable, Sendable {
    /// How many pieces: boxes, bags, crates, as they were carried.
    public let pieces: Quantity?
    /// How much it weighed.
    public let grams: Quantity?

    /// Takes the amount, or nothing when it breaks the rule.
    public init?(pieces: Quantity?, grams: Quantity?) {
        guard pieces != nil || grams != nil, pieces != .zero, grams != .zero else { return nil }
        self.pieces = pieces
        self.grams = grams
    }
}

/// What is to be done with a loading, which is known by a reference.
public enum LoadingTask: Hashable, Sendable {
    /// It is to be done.
    case plan(LoadingPlan)
    /// These people begin: now, or when it is said.
    case start(LoadingCrew, at: Timestamp?)
    /// It is done: now, or when it is said. The people are those who began, unless others are named.
    case finish(LoadingAmount, LoadingCrew?, at: Timestamp?)
    /// It is not done.
    case cancel

    /// What happens by it.
    var event: LoadingEvent {
        switch self {
        case .plan: .plan
        case .start: .start
        case .finish: .finish
        case .cancel: .cancel
        }
    }

    /// By which a repetition is told from another step of the same name.
    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append(event.rawValue)
            switch self {
            case .plan(let plan):
                transcript.append(plan.kind.rawValue)
                transcript.append(plan.warehouse.rawValue)
                transcript.append(plan.subject) {
                    $0.append($1.kind.rawValue)
                    $0.append($1.reference.rawValue)
                }
            case .start(let crew, let at):
                transcript.append(crew)
                transcript.append(at) { $0.append($1.microsecondsSince1970) }
            case .finish(let amount, let crew, let at):
                transcript.append(amount.pieces) { $0.append($1.rawValue) }
                transcript.append(amount.grams) { $0.append($1.rawValue) }
                transcript.append(crew) { $0.append($1) }
                transcript.append(at) { $0.append($1.microsecondsSince1970) }
            case .cancel: break
            }
        }
    }
}

extension Fingerprint.Transcript {
    fileprivate mutating func append(_ crew: LoadingCrew) {
        append(Int64(crew.workers.count))
        for worker in crew.workers {
            append(worker.name.rawValue)
            append(worker.employment.rawValue)
        }
    }
}

/// What has become of a loading.
public struct LoadingProgress: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Loading>
    /// How far it has come.
    public let state: LoadingState
    /// Whether it had been done before, so that nothing was changed now.
    public var isRepeated = false

    /// What has become of a loading, by a step that was taken now unless more is said.
    public init(id: ID<Loading>, state: LoadingState, isRepeated: Bool = false) {
        self.id = id
        self.state = state
        self.isRepeated = isRepeated
    }
}
