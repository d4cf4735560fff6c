internal import EventLoop
internal import Glibc

/// A socket that clients connect to; lives in the isolation of its server.
final class Listener {
    /// Where it is, with the port that the kernel chose if 0 was asked for.
    let endpoint: Endpoint
    let descriptor: Int32
    var registration: Registration?
    private var socket: Socket?
    /// What shows the way to it, if that is a file.
    private var file: SocketFile?

    /// Binds and listens.
    init(at endpoint: Endpoint, sharesPort: Bool, backlog: Int) throws(HTTPServerError) {
        switch endpoint {
        case .internet(let address):
            let socket = try Socket.listening(at: address, sharesPort: sharesPort, backlog: backlog)
            self.endpoint = .internet(SocketAddress(host: address.host, port: try socket.boundPort()))
            descriptor = socket.descriptor
            self.socket = consume socket
        case .unix(let address):
            let socket = try Socket.unix()
            file = try SocketFile.listening(with: socket, at: address, backlog: backlog)
            self.endpoint = endpoint
            descriptor = socket.descriptor
            self.socket = consume socket
        }
    }

    /// The next connection.
    func accept() -> Socket.Accepted {
        socket?.accept() ?? .none(EAGAIN)
    }

    /// Listens no more; a file is gone before anybody could find nobody behind it.
    func close() {
        registration?.cancel()
        registration = nil
        file = nil
        socket = nil
    }
}
