/// One thing that was looked at, as facts; what they mean for the service is its ``verdict``.
public enum Finding: Sendable {
    /// How good or bad it is.
    public enum Verdict: String, CaseIterable, Hashable, Sendable {
        /// As it should be.
        case ok
        /// It works, and something is worth a look.
        case warning
        /// Something does not work, or data is at risk.
        case problem
    }

    /// What carries the connection's bytes.
    public enum Transport: Hashable, Sendable {
        /// A Unix-domain socket.
        case socket
        /// TCP that stays on this machine.
        case loopback
        /// TLS of this version, such as `TLSv1.3`.
        case tls(String)
        /// TCP that others on the way can read.
        case plain
    }

    /// The server's version, as PostgreSQL counts: 15.4 is 150,004.
    case version(Int32, oldest: Int32)
    /// The connection.
    case transport(Transport)
    /// How the database stores and sorts text.
    case text(encoding: String, collation: String, characterType: String)
    /// The role that this connection uses.
    case session(role: String, isSuperuser: Bool)
    /// The role that changes the schema.
    case owner(role: String, mayCreate: Bool)
    /// The role that serves; nil when there is none.
    case service(ServiceRights?)
    /// A schema of the installation.
    case schema(SchemaCondition)
    /// What this role may not look at.
    case hidden(schema: String)
    /// The bases that there are.
    case bases([BaseKey])
    /// The partitions that a base lacks.
    case partitions(base: BaseKey, gaps: [PartitionGap])
    /// Whether what is committed stays: PostgreSQL's settings of these names.
    case durability(fsync: String, synchronousCommit: String, fullPageWrites: String)
    /// Connections: how many ordinary roles may have together, how many there are, and how many `serve` wants.
    case connections(limit: Int64, used: Int64, wanted: Int64)
    /// How far this machine's clock is ahead of the database's, and how long the question took, in milliseconds.
    case clock(aheadMilliseconds: Int64, roundTripMilliseconds: Int64)
    /// The size of the database.
    case size(bytes: Int64)
    /// What holds vacuum back: prepared transactions, and the oldest transaction that this role can see, in seconds.
    case vacuum(prepared: Int64, oldestSeconds: Int64)
    /// The connection that migrates, where it is another one than the service's.
    case ownerSession(OwnerSession)

    /// How good or bad it is.
    public var verdict: Verdict {
        switch self {
        case .version(let found, let oldest): found >= oldest ? .ok : .problem
        case .transport(let transport): transport == .plain ? .warning : .ok
        case .text(let encoding, let collation, let characterType):
            Self.verdict(encoding: encoding, collation: collation, characterType: characterType)
        case .session(let role, let isSuperuser): isSuperuser || role != Installation.serviceRole ? .warning : .ok
        case .owner(_, let mayCreate): mayCreate ? .ok : .problem
        case .service(let rights): rights.map { $0.isModest ? .ok : .problem } ?? .problem
        case .schema(let condition): if case .current = condition.state { .ok } else { .problem }
        case .hidden: .problem
        case .bases(let keys): keys.isEmpty ? .warning : .ok
        case .partitions(_, let gaps): gaps.isEmpty ? .ok : gaps.contains { $0.monthsAhead == 0 } ? .problem : .warning
        case .durability(let fsync, let commit, let pages):
            fsync == "on" && commit != "off" && pages == "on" ? .ok : .problem
        case .connections(let limit, let used, let wanted): limit - used >= wanted ? .ok : .warning
        case .clock(let ahead, let roundTrip): abs(ahead) > Self.clockToleranceMilliseconds + roundTrip ? .warning : .ok
        case .size: .ok
        case .vacuum(let prepared, let oldest): prepared == 0 && oldest <= Self.oldTransactionSeconds ? .ok : .warning
        case .ownerSession(let session): session.isSameDatabase && session.isOwner ? .ok : .problem
        }
    }

    /// A clock may differ by so much: nothing is decided by it, but logs of two machines are read side by side.
    static let clockToleranceMilliseconds: Int64 = 2_000
    /// A transaction of this age is no longer one of ours, whose statements have deadlines.
    static let oldTransactionSeconds: Int64 = 3_600

    /// Codes are compared byte by byte, and Chinese is searched for: C.UTF-8 does both. Plain C knows no letters but
    /// ASCII's.
    private static func verdict(encoding: String, collation: String, characterType: String) -> Verdict {
        guard encoding == "UTF8" else { return .problem }
        let names: Set<String> = ["c.utf-8", "c.utf8"]
        return names.contains(collation.lowercased()) && names.contains(characterType.lowercased()) ? .ok : .warning
    }
}

/// What the role that serves may do beyond serving.
public struct ServiceRights: Hashable, Sendable {
    /// It may do everything.
    public let isSuperuser: Bool
    /// It can connect.
    public let canLogIn: Bool
    /// How many tables, indexes and the like of this database are its own.
    public let ownedRelations: Int64
    /// Whether it may make schemas, or tables in a schema of the installation.
    public let mayCreate: Bool

    /// Rights with these fields.
    public init(isSuperuser: Bool, canLogIn: Bool, ownedRelations: Int64, mayCreate: Bool) {
        self.isSuperuser = isSuperuser
        self.canLogIn = canLogIn
        self.ownedRelations = ownedRelations
        self.mayCreate = mayCreate
    }

    /// Whether it can serve and do nothing else.
    public var isModest: Bool { canLogIn && !isSuperuser && ownedRelations == 0 && !mayCreate }
}

/// How the connection that migrates stands to the installation that is served.
public struct OwnerSession: Hashable, Sendable {
    /// Its role.
    public let role: String
    /// The role that owns the installation; the database's owner before there is one.
    public let owner: String
    /// Whether its role is the owner, or may act as it.
    public let isOwner: Bool
    /// Whether it leads to the database that is served.
    public let isSameDatabase: Bool

    /// A session with these fields.
    public init(role: String, owner: String, isOwner: Bool, isSameDatabase: Bool) {
        self.role = role
        self.owner = owner
        self.isOwner = isOwner
        self.isSameDatabase = isSameDatabase
    }
}
