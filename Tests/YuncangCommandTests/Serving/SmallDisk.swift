import Glibc
import PostgresTesting
import Testing

/// A disk that is soon full: a tmpfs, which only root can mount.
enum SmallDisk {
    /// Whether this user can have one.
    static let isToBeHad: Bool = {
        guard getuid() == 0, let folder = try? makeFolder() else { return false }
        defer { rmdir(folder) }
        guard mount("tmpfs", folder, "tmpfs", 0, "size=1m") == 0 else { return false }
        umount(folder)
        return true
    }()

    /// Mounts one for `body`, in a folder that PostgreSQL may write to.
    static func with(megabytes: Int, _ body: (String) async throws -> Void) async throws {
        let folder = try makeFolder()
        try #require(mount("tmpfs", folder, "tmpfs", 0, "size=\(megabytes)m") == 0)
        defer {
            umount2(folder, CInt(MNT_DETACH))
            rmdir(folder)
        }
        try await PrivateCluster.execute(["chown", "postgres:", folder])
        try await PrivateCluster.execute(["chmod", "700", folder])
        try await body(folder)
    }

    private static func makeFolder() throws -> String {
        var template = Array("/tmp/yuncang-disk-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension Trait where Self == ConditionTrait {
    /// Runs only for a user who may mount a tmpfs.
    static var onSmallDisk: Self { .enabled(if: SmallDisk.isToBeHad, "only root can mount a small tmpfs") }
}
