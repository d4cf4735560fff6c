import Postgres

/// Notes that a token was used, unless that was noted within the last minute, by whichever server.
struct NoteTokenUse: Command {
    let token: ID<Token>
    let at: Timestamp

    static let sql = """
        UPDATE token SET last_used_at = $2
        WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $2 - interval '1 minute')
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(token)
        parameters.append(at)
    }
}
