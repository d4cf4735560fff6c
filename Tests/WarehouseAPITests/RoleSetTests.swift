import CloudWarehouse
import Testing

@testable import WarehouseAPI

@Suite("Roles as bits")
struct RoleSetTests {
    @Test("every set of roles has those that are in it, and no others")
    func sets() {
        let all = Role.allCases
        for bits in 0..<(1 << all.count) {
            let roles = Set(all.indices.filter { bits >> $0 & 1 == 1 }.map { all[$0] })
            let set = RoleSet(roles)
            for role in all { #expect(set.contains(role) == roles.contains(role)) }
        }
    }
}
