/// The hosts of a connection string, one after another, each with a deadline of its own.
///
/// libpq would walk the list itself, but without blocking calls it has no time-out: a first host that accepts and then
/// says nothing, as a stopped one does, would keep the others from ever being asked.
enum HostAttempts {
    /// The same options for one host at a time, in the order in which they are to be tried.
    ///
    /// `target_session_attrs=prefer-standby` is a wish about the whole list: all hosts as standbys, then any of them.
    static func list(_ options: ConnectionOptions) throws(ConnectFailure) -> [ConnectionOptions] {
        let hosts = words(options.effectiveValue(of: "host"))
        let addresses = words(options.effectiveValue(of: "hostaddr"))
        let count = max(hosts.count, addresses.count)
        guard count > 1 else { return [options] }
        guard hosts.isEmpty || addresses.isEmpty || hosts.count == addresses.count else {
            throw ConnectFailure(
                kind: .badOptions, message: "\(addresses.count) addresses (hostaddr) for \(hosts.count) hosts")
        }
        let ports = words(options.effectiveValue(of: "port"))
        guard ports.count <= 1 || ports.count == count else {
            throw ConnectFailure(
                kind: .badOptions, message: "\(ports.count) ports for \(count) hosts: give one port, or one per host")
        }
        let single = (0..<count).map { index in
            var one = options
            if !hosts.isEmpty { one = one.setting("host", to: hosts[index]) }
            if !addresses.isEmpty { one = one.setting("hostaddr", to: addresses[index]) }
            if ports.count > 1 { one = one.setting("port", to: ports[index]) }
            return one
        }
        guard options.effectiveValue(of: "target_session_attrs") == "prefer-standby" else { return single }
        return single.map { $0.setting("target_session_attrs", to: "standby") }
            + single.map { $0.setting("target_session_attrs", to: "any") }
    }

    private static func words(_ list: String?) -> [String] {
        guard let list, !list.isEmpty else { return [] }
        return list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
}
