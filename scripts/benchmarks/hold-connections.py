"""Opens connections, asks once over each, says so, and holds them until its input ends: PORT PATH COUNT; TOKEN in the environment."""

import os
import socket
import sys

port, path, count = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
request = f"GET {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {os.environ['TOKEN']}\r\n\r\n".encode()
held = []
for _ in range(count):
    peer = socket.create_connection(("127.0.0.1", port), timeout=30)
    peer.sendall(request)
    answer = peer.recv(65536)
    if not answer.startswith(b"HTTP/1.1 200 "):
        sys.exit(f"after {len(held)} connections: {answer[:200]!r}")
    held.append(peer)
print("open", flush=True)
sys.stdin.read()
