internal import CloudWarehouse

extension MigrationFailure {
    /// What is known of the cause, for people.
    var text: Text { Text(en: description, zh: chinese) }

    private var chinese: String {
        switch self {
        case .changed(let name): "迁移 \(name) 执行时的内容与这个程序中的不同"
        case .missing(let name): "迁移 \(name) 已执行，但这个程序中没有它"
        case .outOfOrder(let name): "迁移 \(name) 的执行顺序与这个程序中的不同"
        case .newerThanBinary(let name): "schema 比这个程序更新：\(name) 已执行"
        case .missingRole(let role): "角色 \(role) 不存在"
        case .locked(let name): "迁移 \(name) 没有及时取得所需的锁"
        case .database(let error, let name): (name.map { "迁移 \($0)：" } ?? "") + error.text.zh
        }
    }
}
