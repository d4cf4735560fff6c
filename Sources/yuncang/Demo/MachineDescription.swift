internal import Glibc

/// What a measurement was taken on, from what Linux tells.
struct MachineDescription: Sendable {
    let processors: Int
    let model: String?
    let memoryGigabytes: Int?
    let kernel: String?

    /// The machine that this runs on.
    static var current: MachineDescription {
        let memory = value(of: "MemTotal", in: "/proc/meminfo").flatMap { Int($0.prefix { $0 != " " }) }
        return MachineDescription(
            processors: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            model: value(of: "model name", in: "/proc/cpuinfo"),
            memoryGigabytes: memory.map { ($0 + 524_288) / 1_048_576 },
            kernel: (try? SmallFile(path: "/proc/sys/kernel/osrelease").text())?.split(separator: "\n").first.map(
                String.init))
    }

    /// The value of the first line `name : value`.
    private static func value(of name: String, in path: String) -> String? {
        let lines = (try? SmallFile(path: path).text())?.split(separator: "\n") ?? []
        guard let line = lines.first(where: { $0.hasPrefix(name) }), let colon = line.firstIndex(of: ":") else {
            return nil
        }
        let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        return value.isEmpty ? nil : String(value)
    }

    /// In one line.
    var text: Text {
        let model = model.map { ": \($0)" } ?? ""
        let memory = memoryGigabytes.map { ", \($0) GiB" } ?? ""
        let kernel = kernel.map { ", Linux \($0)" } ?? ""
        return Text(
            en: "\(Text.count(processors, "processor"))\(model)\(memory)\(kernel); load, server and database share it",
            zh: "\(processors) 个处理器\(model)\(memory)\(kernel)；压测、服务和数据库共用")
    }
}
