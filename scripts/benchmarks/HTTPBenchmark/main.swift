internal import EventLoop
internal import Glibc
internal import HTTPServer
internal import Logging

// A bare server on one loop that answers every request with 204 bytes: what http.sh compares with nginx.
// It prints its port and runs until it is killed.
let port = CommandLine.arguments.dropFirst().first.flatMap { UInt16($0) } ?? 0
let loop = try EventLoop.start(name: "http")
let server = try bareServer(port: port, on: loop, logger: Logger(label: "benchmark"))
print(server.address.port)
// Into a pipe, the line would stay in the buffer.
fflush(nil)
try await server.run()
await loop.shutDown()
