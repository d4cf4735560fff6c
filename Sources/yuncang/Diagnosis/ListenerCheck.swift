internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import Logging

/// Whether `serve` could listen at an address, or does already.
struct ListenerCheck: Sendable {
    /// Where.
    let address: SocketAddress
    /// Where the question is asked.
    let loop: EventLoop

    /// Binds the address and lets it go again; when it is taken, asks who is there.
    func run() async -> Diagnosis {
        do throws(HTTPServerError) {
            _ = try HTTPServer(at: address, on: loop, logger: Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() })
            {
                _ in Response(status: .serviceUnavailable)
            }
            return Diagnosis(.listener, .ok, found: Text(en: "\(address) is free", zh: "\(address) 空闲"))
        } catch .addressInUse {
            return Self.diagnosis(of: await ReadinessQuestion(address: address, loop: loop).ask(), at: address)
        } catch {
            return Diagnosis(.listener, error.commandFailure)
        }
    }

    /// What the answer of whoever listens there means; nil when it is no yuncang's.
    static func diagnosis(of answer: ReadinessQuestion.Answer?, at address: SocketAddress) -> Diagnosis {
        switch answer {
        case .ready(let state):
            Diagnosis(
                .listener, .ok,
                found: Text(en: "a yuncang serves at \(address): \(state)", zh: "yuncang 正在 \(address) 提供服务：\(state)"))
        case .notReady(let reason):
            Diagnosis(
                .listener, .problem,
                found: Text(
                    en: "a yuncang listens at \(address) and is not ready", zh: "yuncang 正在 \(address) 监听，但尚未就绪"),
                remedy: .verbatim(reason))
        case nil: Diagnosis(.listener, HTTPServerError.addressInUse(address).commandFailure)
        }
    }
}
