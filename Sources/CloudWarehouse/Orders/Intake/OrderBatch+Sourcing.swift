import Postgres

extension OrderBatch {
    /// Where the answers about the choice among pools stand.
    struct SourcingQuestions {
        let merits: Pipeline.Place<MeritsOfPools>
        let zones: Pipeline.Place<ZonesOfBatch>
        let regions: Pipeline.Place<RegionsOfOrders>

        /// Asks together with everything else.
        init(_ scope: BatchScope, in pipeline: inout Pipeline) {
            merits = pipeline.add(MeritsOfPools(scope: scope))
            zones = pipeline.add(ZonesOfBatch(scope: scope))
            regions = pipeline.add(RegionsOfOrders(scope: scope))
        }
    }

    /// Reads by what the batch chooses among pools, where it has a choice and a rule for it.
    ///
    /// What was not asked for, since the batches before had no use for it, takes a round trip of its own.
    func readSourcing(
        _ answers: Pipeline.Answers, _ questions: SourcingQuestions?, in transaction: Transaction,
        into snapshot: inout IntakeSnapshot
    ) async throws(PostgresError) {
        guard !snapshot.criteria.isEmpty else { return }
        let merits: [MeritsOfPools.Row]
        let regions: [RegionsOfOrders.Row]
        if let questions {
            merits = try answers.rows(of: questions.merits)
            snapshot.zones = try answers.rows(of: questions.zones)
            regions = try answers.rows(of: questions.regions)
        } else {
            let scope = BatchScope(commands)
            let found = try await transaction.batch(
                MeritsOfPools(scope: scope), ZonesOfBatch(scope: scope), RegionsOfOrders(scope: scope))
            (merits, regions) = (found.0, found.2)
            snapshot.zones = found.1
        }
        for (key, merit) in merits { snapshot.merits[key] = merit }
        for (order, region) in regions { snapshot.regions[order] = region }
    }
}
