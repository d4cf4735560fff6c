/// What comes of a code that somebody typed.
enum SignInDecision: Equatable, Sendable {
    /// It is right: a session is opened, and the code is used.
    case open
    /// It is wrong, and so many wrong tries there have been now.
    case wrong(tries: Int16)
    /// Nothing is changed: it is dead, for whatever reason, right or wrong.
    case dead

    /// Decides about a code as it is under its lock. The digests are compared whatever its state.
    init(typed: TokenDigest, stored digest: TokenDigest, of code: SignInCode, issuerLives: Bool) {
        let matches = typed.matches(digest)
        guard code.state == .live, issuerLives else {
            self = .dead
            return
        }
        self = matches ? .open : .wrong(tries: code.wrongTries + 1)
    }
}
