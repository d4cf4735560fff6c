"""Clients that mean no good, and one that does: hostile.py WHAT PORT TOKENS SKU [ARGUMENT].

behave FILE    asks until FILE is there, each time at once anew; prints how often it was answered, and how often not
idle SECONDS   opens 2,000 connections, asks once over each, and keeps them; then asks once more over each
vanish         sends a byte, or half a request, and goes, 300 times
reset          breaks off in the midst of sending and of reading, 300 times
unread SECONDS asks without end and reads nothing; says whether it was cut off
"""

import http.client
import os
import resource
import select
import socket
import struct
import sys
import time

what, port, tokens, sku, *rest = sys.argv[1:]
address = ("127.0.0.1", int(port))
with open(f"{tokens}/host", encoding="utf-8") as file:
    token = file.read().strip()
request = f"GET /v1/stock/{sku} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8192), most))


def behave(stop):
    answered, failed, slowest = 0, 0, 0.0
    connection = None
    while not os.path.exists(stop):
        began = time.monotonic()
        try:
            if connection is None or answered % 10 == 0:
                connection = http.client.HTTPConnection(*address, timeout=10)
            connection.request("GET", f"/v1/stock/{sku}", headers={"Authorization": "Bearer " + token})
            answer = connection.getresponse()
            if answer.status == 200 and b"available" in answer.read():
                answered += 1
            else:
                failed += 1
        except (OSError, http.client.HTTPException) as error:
            print(f"failed: {error!r}", flush=True)
            failed += 1
            connection = None
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.01)
    print(f"answered {answered}, failed {failed}, the slowest after {slowest:.3f} s", flush=True)


def ask(peer):
    """Whether a request over that connection is answered 200; reads the whole answer."""
    peer.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        part = peer.recv(65536)
        if not part:
            return False
        received += part
    head, body = received.split(b"\r\n\r\n", 1)
    length = next(int(line[16:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length: "))
    while len(body) < length:
        body += peer.recv(65536)
    return head.startswith(b"HTTP/1.1 200 ")


def connect_many():
    peers = [socket.create_connection(address, timeout=20) for _ in range(2000)]
    return peers, sum(ask(peer) for peer in peers)


def idle(seconds):
    peers, answered = connect_many()
    print(f"{answered} connections are open", flush=True)
    time.sleep(float(seconds))
    print(f"{sum(ask(peer) for peer in peers)} connections are still served", flush=True)


def vanish():
    for number in range(300):
        with socket.create_connection(address, timeout=20) as peer:
            peer.sendall([b"G", request[:-2], request + b"G", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nx"][number % 4])


def reset():
    for number in range(300):
        peer = socket.create_connection(address, timeout=20)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        peer.sendall(request * 50 if number % 2 else request[:40])
        if number % 4 == 1:
            peer.recv(10)
        # With this option, close sends RST.
        peer.close()


def unread(seconds):
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.connect(address)
    peer.setblocking(False)
    deadline = time.monotonic() + float(seconds)
    sent = 0
    while time.monotonic() < deadline:
        poll = select.poll()
        poll.register(peer, select.POLLOUT)
        for _, events in poll.poll(500):
            if events & (select.POLLERR | select.POLLHUP):
                print("cut off", flush=True)
                return
            try:
                sent += peer.send(request * 100)
            except BlockingIOError:
                pass
            except OSError:
                print("cut off", flush=True)
                return
    print(f"still connected after {sent} bytes", flush=True)


{"behave": behave, "idle": idle, "vanish": vanish, "reset": reset, "unread": unread}[what](*rest)
