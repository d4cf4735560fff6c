internal import CEventLoop
internal import Glibc

/// What a new thread runs; handed over as a retained pointer and released there.
private final class ThreadBody {
    let name: String
    let run: @Sendable () -> Void

    init(name: String, run: @escaping @Sendable () -> Void) {
        self.name = name
        self.run = run
    }
}

/// Starts a detached thread, its name cut to the 15 bytes that the kernel keeps.
///
/// - Throws: ``EventLoopError/system(call:code:)`` when there is no thread to be had.
package func startThread(name: String, _ run: @escaping @Sendable () -> Void) throws(EventLoopError) {
    let body = Unmanaged.passRetained(ThreadBody(name: name, run: run))
    var thread = pthread_t()
    // An explicit @Sendable closure: an inferred one may be taken for one of the main actor's and trap on its thread.
    let start: @Sendable @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { pointer in
        guard let pointer else { return nil }
        let body = Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue()
        cel_name_thread(body.name)
        body.run()
        return nil
    }
    let code = pthread_create(&thread, nil, start, body.toOpaque())
    guard code == 0 else {
        body.release()
        throw .system(call: "pthread_create", code: code)
    }
    pthread_detach(thread)
}
