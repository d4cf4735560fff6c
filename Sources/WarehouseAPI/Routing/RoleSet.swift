internal import CloudWarehouse

/// Roles as bits: whether one is among them is asked with every request, and a set would hash it.
struct RoleSet: Sendable {
    private let bits: UInt8

    init(_ roles: Set<Role>) {
        bits = roles.reduce(0) { $0 | Self.bit(of: $1) }
    }

    func contains(_ role: Role) -> Bool { bits & Self.bit(of: role) != 0 }

    private static func bit(of role: Role) -> UInt8 {
        switch role {
        case .cooperative: 1
        case .warehouse: 1 << 1
        case .host: 1 << 2
        case .controller: 1 << 3
        case .source: 1 << 4
        case .operator: 1 << 5
        }
    }
}
