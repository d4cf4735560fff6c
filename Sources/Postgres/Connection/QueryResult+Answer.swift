internal import CPostgres

extension QueryResult {
    /// What this result is to the pipeline.
    var answer: PipelineMachine.Answer {
        switch status {
        case PGRES_PIPELINE_SYNC: .sync
        case PGRES_PIPELINE_ABORTED: .skipped
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: .result
        default: .error
        }
    }

    /// Whether the server refused.
    var isError: Bool { status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE }
    /// Whether the server waits for COPY's data.
    var isCopyIn: Bool { status == PGRES_COPY_IN }
    /// Whether the server is about to send COPY's data.
    var isCopyOut: Bool { status == PGRES_COPY_OUT }
}
