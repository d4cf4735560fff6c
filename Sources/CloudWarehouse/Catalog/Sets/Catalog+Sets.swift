import Postgres

extension Catalog {
    /// The most components that a set has.
    public static let maximumComponents = 50

    /// What a set is made of, in the order of the components' codes; empty for a SKU that is no set, or that there is not.
    public func components(of set: SKUCode) async throws(CatalogError) -> [ListedComponent] {
        try await pool.rows(of: ComponentsOfSet(set: set), throwing: CatalogError.self)
    }

    /// Says what a set is made of, instead of what it was made of before; of nothing, it is a SKU like any other again.
    ///
    /// Orders keep the composition with which they were placed. Sets are not nested: the SKUs are locked in the order of
    /// their ids before anything is asked of them, so that of two definitions at once the later one sees the other's.
    /// - Returns: Whether it is made of something else since.
    @discardableResult
    public func makeSet(
        _ set: SKUCode, of components: [SetComponent], by principal: Principal
    ) async throws(CatalogError) -> Bool {
        do throws(SetRefusal) { try SetPlan.check(components, of: set) } catch { throw .notASet(error) }
        let codes = [set] + components.map(\.sku)
        let hasChanged = try await pool.transaction(throwing: CatalogError.self) { transaction in
            let now = try await transaction.now()
            let (_, found, old) = try await transaction.batch(
                LockSKUs(codes: codes), SetFactsOf(codes: codes), ComponentsOfSet(set: set))
            let plan: SetPlan
            do throws(SetRefusal) {
                plan = try SetPlan(set, of: components, found: found)
            } catch {
                throw CatalogError.notASet(error)
            }
            let (before, after) = (
                Self.recipe(old.map { ($0.sku, $0.quantity) }),
                Self.recipe(
                    components.map { ($0.sku, $0.quantity) })
            )
            guard before != after else { return false }
            var ids = IDGenerator(at: now)
            _ = try await transaction.batch(
                DeleteComponents(set: plan.set.id), InsertComponents(plan: plan),
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "catalog.set", subject: set.rawValue,
                    detail: JSONB(text: #"{"from": \#(before), "to": \#(after)}"#), at: now))
            return true
        }
        // Boards read everything anew: what a set's level says depends on what it is made of.
        if hasChanged {
            await RingDoorbell(doorbell: Doorbell(from: "once", for: .all))
                .ring(through: pool, deadline: BoardLimits().ringDeadline, logger: pool.logger)
        }
        return hasChanged
    }

    /// What a set is made of, as the audit log keeps it: a JSON object of codes and quantities. Codes are printable ASCII.
    private static func recipe(_ components: [(SKUCode, Quantity)]) -> String {
        let members = components.sorted { $0.0 < $1.0 }.map { code, quantity in
            #""\#(code.rawValue.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))": \#(quantity)"#
        }
        return "{\(members.joined(separator: ", "))}"
    }
}
