internal import Prometheus

extension PrometheusRegistry {
    /// What the library measures while it serves.
    static func ofService() -> PrometheusRegistry {
        PrometheusRegistry(
            help: [
                "yuncang_intake_batch_orders": "Orders of each batch of the intake.",
                "yuncang_intake_batch_seconds": "From a batch's start to its last answer.",
                "yuncang_intake_failed_orders_total": "Orders that were answered with a failure of the database.",
                "yuncang_relay_events_total": "Events that this process has numbered.",
                "yuncang_relay_failures_total": "Looks for events that failed.",
                "yuncang_audit_seals_total": "Seals of the audit log that this process has written.",
                "yuncang_audit_seal_failures_total": "Looks for rows to seal that failed.",
                "yuncang_audit_last_look_timestamp_seconds": "When rows to seal were looked for last, with success.",
            ],
            bounds: ["yuncang_intake_batch_orders": [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]])
    }
}
