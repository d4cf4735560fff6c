internal import CloudWarehouse

extension Finding {
    /// The finding in words, with what to do about it.
    var diagnosis: Diagnosis {
        let advice = verdict == .ok ? nil : advice
        return Diagnosis(
            check, Diagnosis.Verdict(verdict), found: found, remedy: advice?.remedy, next: advice?.next ?? [])
    }

    /// What it is about.
    var check: Check {
        switch self {
        case .version: .version
        case .transport: .transport
        case .text: .text
        case .session: .session
        case .owner: .owner
        case .service: .service
        case .schema, .hidden: .schema
        case .bases: .bases
        case .partitions: .partitions
        case .durability: .durability
        case .connections: .connections
        case .clock: .clock
        case .size: .size
        case .vacuum: .vacuum
        case .ownerSession: .ownerConnection
        }
    }

    private var found: Text {
        switch self {
        case .version(let number, _): .verbatim("PostgreSQL \(number / 10_000).\(number % 10_000)")
        case .transport(let transport): transport.words
        case .text(let encoding, let collation, let characterType):
            .verbatim(
                Set([encoding, collation, characterType]).count == 2 && collation == characterType
                    ? "\(encoding), \(collation)" : "\(encoding), \(collation), \(characterType)")
        case .session(let role, let isSuperuser):
            isSuperuser ? Text(en: "\(role), a superuser", zh: "\(role)，超级用户") : .verbatim(role)
        case .owner(let role, let mayCreate):
            mayCreate
                ? .verbatim(role)
                : Text(en: "\(role) may not create schemas here", zh: "\(role) 不能在这里创建 schema")
        case .service(let rights): ServiceRights.words(rights)
        case .schema(let condition): condition.words
        case .hidden(let schema):
            Text(en: "this role may not look at schema \(schema)", zh: "这个角色不能查看 schema \(schema)")
        case .bases(let keys):
            keys.isEmpty
                ? Text(en: "there is no base yet", zh: "还没有任何直播基地")
                : .verbatim(keys.map(\.rawValue).joined(separator: ", "))
        case .partitions(let base, let gaps): gaps.words(for: base)
        case .durability(let fsync, let commit, let pages):
            .verbatim("fsync \(fsync), synchronous_commit \(commit), full_page_writes \(pages)")
        case .connections(let limit, let used, let wanted):
            Text(
                en: "\(used) of \(limit) in use; serve wants \(wanted)",
                zh: "共 \(limit) 个，已用 \(used) 个；serve 需要 \(wanted) 个")
        case .clock(let ahead, _):
            ahead < 0
                ? Text(en: "\(-ahead) ms behind the database's", zh: "比数据库慢 \(-ahead) 毫秒")
                : Text(en: "\(ahead) ms ahead of the database's", zh: "比数据库快 \(ahead) 毫秒")
        case .size(let bytes): Text(en: "\(bytes >> 20) MiB", zh: "\(bytes >> 20) MiB")
        case .vacuum(let prepared, let oldest):
            Text(
                en: "\(prepared) prepared transactions; the oldest transaction is \(oldest) s old",
                zh: "\(prepared) 个预备事务；最早的事务已持续 \(oldest) 秒")
        case .ownerSession(let session): session.words
        }
    }
}

extension Finding.Transport {
    fileprivate var words: Text {
        switch self {
        case .socket: Text(en: "a Unix-domain socket", zh: "Unix 域套接字")
        case .loopback: Text(en: "TCP within this machine", zh: "本机内的 TCP")
        case .tls(let version): .verbatim(version)
        case .plain: Text(en: "TCP that others on the way can read", zh: "途中他人可以读取的 TCP")
        }
    }
}

extension ServiceRights {
    fileprivate static func words(_ rights: ServiceRights?) -> Text {
        let role = Installation.serviceRole
        guard let rights else { return Text(en: "there is no role \(role)", zh: "没有角色 \(role)") }
        guard !rights.isModest else {
            return Text(en: "\(role) can serve and do nothing else", zh: "\(role) 可以提供服务，此外不能做任何事")
        }
        var en: [String] = []
        var zh: [String] = []
        func add(_ text: Text) {
            en.append(text.en)
            zh.append(text.zh)
        }
        if !rights.canLogIn { add(Text(en: "cannot log in", zh: "不能登录")) }
        if rights.isSuperuser { add(Text(en: "is a superuser", zh: "是超级用户")) }
        if rights.ownedRelations > 0 {
            add(Text(en: "owns \(rights.ownedRelations) tables or indexes", zh: "拥有 \(rights.ownedRelations) 个表或索引"))
        }
        if rights.mayCreate { add(Text(en: "may create schemas or tables", zh: "可以创建 schema 或表")) }
        return Text(en: "\(role) " + en.joined(separator: ", "), zh: "\(role) " + zh.joined(separator: "、"))
    }
}

extension SchemaCondition {
    fileprivate var words: Text {
        switch state {
        case .current: Text(en: "\(schema): all have run", zh: "\(schema)：全部已执行")
        case .pending(let names): Diagnosis(.schema, .pending(names, in: schema)).found
        case .unusable(let failure): Diagnosis(.schema, failure.commandFailure(in: schema)).found
        }
    }
}

extension [PartitionGap] {
    fileprivate func words(for base: BaseKey) -> Text {
        let months = Partitions.monthsAhead
        guard !isEmpty else {
            return Text(en: "\(base): made for \(months) months ahead", zh: "\(base)：已提前建好 \(months) 个月")
        }
        let names = flatMap(\.partitions).joined(separator: ", ")
        return Text(en: "\(base) lacks \(names)", zh: "\(base) 缺少 \(names)")
    }
}

extension OwnerSession {
    fileprivate var words: Text {
        guard isSameDatabase else {
            return Text(
                en: "YUNCANG_OWNER_URL leads to another database than YUNCANG_DATABASE_URL",
                zh: "YUNCANG_OWNER_URL 指向的数据库与 YUNCANG_DATABASE_URL 不同")
        }
        return isOwner
            ? .verbatim(role)
            : Text(en: "\(role) does not own the installation; \(owner) does", zh: "\(role) 不是安装的所有者，\(owner) 才是")
    }
}
