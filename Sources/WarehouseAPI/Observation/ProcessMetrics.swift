internal import Glibc
internal import Prometheus

/// What the kernel knows of this process, under the names that all of Prometheus's clients use.
enum ProcessMetrics {
    static func families() -> [MetricFamily] {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds =
            Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
        var families = [
            MetricFamily(
                "process_cpu_seconds_total", .counter, help: "Processor time, of user and system.", value: seconds)
        ]
        if let pages = residentPages {
            families.append(
                MetricFamily(
                    "process_resident_memory_bytes", .gauge, help: "Memory that is held.",
                    value: pages * Int(sysconf(Int32(_SC_PAGESIZE)))))
        }
        if let count = descriptorCount {
            families.append(MetricFamily("process_open_fds", .gauge, help: "Open descriptors.", value: count))
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            families.append(
                MetricFamily("process_max_fds", .gauge, help: "Descriptors that may be open.", value: limit.rlim_cur))
        }
        return families
    }

    private static var residentPages: Int? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 128)
        guard fgets(&text, Int32(text.count), file) != nil else { return nil }
        let words = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
            separator: " ")
        return words.count > 1 ? Int(words[1]) : nil
    }

    private static var descriptorCount: Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Without ".", ".." and the folder's own.
        return count - 3
    }
}
