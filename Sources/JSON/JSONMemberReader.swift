/// Reads one declared member out of an object that was opened.
///
/// A class around a closure, so that readers of different types stand in one array and the closure is compiled for its
/// type where the member is declared: walking a pack of generic structs instead took twice as long, in generic metadata.
@usableFromInline
final class JSONMemberReader<Member>: Sendable {
    /// The member; when it cannot be read, the problem has been recorded.
    @usableFromInline typealias Read =
        @Sendable (inout JSONReader, JSONReader.Opened, Int) throws(JSONReader.Refused) -> Member

    @usableFromInline let read: Read

    @inlinable
    init(read: @escaping Read) {
        self.read = read
    }
}
