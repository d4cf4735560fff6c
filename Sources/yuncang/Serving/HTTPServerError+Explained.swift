internal import HTTPServer

extension HTTPServerError: ExplainedFailure {
    /// Why nothing can be served at an address.
    var commandFailure: CommandFailure {
        switch self {
        case .addressInUse(let address):
            CommandFailure(
                .unavailable,
                what: Text(en: "the port \(address.port) is taken", zh: "端口 \(address.port) 已被占用"),
                why: Text(en: "something listens on \(address) already", zh: "已有程序在 \(address) 上监听"),
                remedy: Text(
                    en: "stop it (ss -ltnp shows what it is), or choose another port with --listen",
                    zh: "停止它（用 ss -ltnp 查看是什么程序），或用 --listen 换一个端口"))
        case .socketInUse(let address):
            CommandFailure(
                .unavailable,
                what: Text(en: "the socket \(address.path) is taken", zh: "套接字 \(address.path) 已被占用"),
                why: Text(en: "something listens there already, or is starting", zh: "已有程序在那里监听，或正在启动"),
                remedy: Text(
                    en: "stop it (ss -lxp shows what it is), or choose another path with --listen",
                    zh: "停止它（用 ss -lxp 查看是什么程序），或用 --listen 换一个路径"))
        case .pathTaken(let address):
            CommandFailure(
                .configuration,
                what: Text(en: "\(address.path) is no socket", zh: "\(address.path) 不是套接字"),
                why: Text(en: "only a socket that nobody uses any more is replaced", zh: "只会替换已无人使用的套接字"),
                remedy: Text(
                    en: "remove it, or choose another path with --listen", zh: "删除它，或用 --listen 换一个路径"))
        case .malformedAddress(let host):
            .invalid(
                host,
                rule: Text(
                    en: "--listen takes a numeric address, such as 127.0.0.1:8080 or [::1]:8080, or unix: and a path",
                    zh: "--listen 要数字地址，例如 127.0.0.1:8080 或 [::1]:8080，或 unix: 加路径"))
        case .system:
            CommandFailure(
                .configuration,
                what: Text(en: "this machine cannot listen there", zh: "本机无法在该地址上监听"), why: .verbatim(description),
                remedy: Text(
                    en: """
                        use an address of this machine, and a port of 1024 or above unless you are root; of a socket, the \
                        folder must be there and yours to write
                        """,
                    zh: "使用本机的地址；非 root 用户请使用 1024 及以上的端口；套接字所在的目录必须存在且可写"))
        case .loop, .alreadyRun:
            CommandFailure(
                .internalError, what: Text(en: "the server does not serve", zh: "服务没有运行"),
                why: .verbatim(description))
        }
    }
}
