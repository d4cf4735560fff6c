# shellcheck shell=bash
# Ports of this machine.

# Whether nobody listens on that port. It looks, and does not knock: a connection to a busy listener could hang.
port_is_free() {
    local port
    printf -v port %04X "$1"
    # Local address and port, remote ones, and the state: 0A is LISTEN.
    ! grep -qsE ": [0-9A-F]+:$port [0-9A-F]+:[0-9A-F]+ 0A " /proc/net/tcp /proc/net/tcp6
}

# Prints a free port below the range from which Linux takes outgoing ones. Somebody else may take it before it is used:
# whoever uses it tries again with another.
free_port() {
    local port attempt
    for ((attempt = 0; attempt < 100; attempt++)); do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        if port_is_free "$port"; then
            printf '%s\n' "$port"
            return
        fi
    done
    fail "found no free port between 20000 and 32000 in 100 attempts"
}

# Prints the status code of GET http://127.0.0.1:PORT/PATH; nothing when there is no answer within 2 seconds.
http_status() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 0
        printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
        read -r -t 2 _ code _ <&3 || exit 0
        printf '%s\n' "$code"
    ) 2>/dev/null
}
