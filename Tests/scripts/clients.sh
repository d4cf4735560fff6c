#!/usr/bin/env bash
# The service as the clients of this world see it: curl, Python's http.client and requests, Node's http and fetch, wrk, ab.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/harness.sh"
source "$(dirname "${BASH_SOURCE[0]}")/support/live.sh"

curl_as() {
    local role=$1
    shift
    curl --silent --show-error --max-time 20 --header "$(bearer "$role")" "$@"
}

test_curl() {
    local stock=$base_url/v1/stock/$sku etag size
    curl_as host --include "$stock" >"$ground/words" 2>&1
    it "curl is shown a stock check" says 'HTTP/1.1 200 OK'
    etag=$(sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p' "$ground/words")
    size=$(curl_as host "$stock" | wc -c)

    curl_as host -w '%{http_code} %{num_connects}\n' -o "$ground/one" "$stock" -o "$ground/two" "$stock" >"$ground/words" 2>&1
    it "curl asks twice over one connection" eval '[[ $(<"$ground/words") == $'"'"'200 1\n200 0'"'"' ]]'
    it "and is told the same" cmp -s "$ground/one" "$ground/two"

    curl_as host --http1.0 -w ' %{http_code}' "$stock" >"$ground/words" 2>&1
    it "curl with HTTP/1.0 is answered" says ' 200'

    curl_as host --head "$stock" >"$ground/words" 2>&1
    it "HEAD says how long the answer to GET would be" says "Content-Length: $size"

    curl_as host -w '%{http_code} %{size_download}' --header "If-None-Match: $etag" "$stock" >"$ground/words" 2>&1
    it "what has not changed is 304 and nothing" says '304 0'
    curl_as host -w ' %{http_code}' --header 'If-None-Match: "other"' "$stock" >"$ground/words" 2>&1
    it "what has is sent" says ' 200'

    order_body chunked | curl_as source --include --header 'Content-Type: application/json' \
        --header 'Transfer-Encoding: chunked' --data-binary @- "$base_url/v1/orders" >"$ground/words" 2>&1
    it "an order uploaded in chunks is placed" says 'HTTP/1.1 201'
    tail -n 1 "$ground/words" >"$ground/one"
    order_body chunked | curl_as source --header 'Content-Type: application/json' \
        --data-binary @- "$base_url/v1/orders" >"$ground/two" 2>&1
    it "and known again when it comes with its length" cmp -s "$ground/one" "$ground/two"
}

test_curl_waiting() {
    {
        order_body waiting
        head -c 1000000 /dev/zero | tr '\0' ' '
    } >"$ground/large"
    curl_as source --verbose --expect100-timeout 15 --header 'Expect: 100-continue' --header 'Content-Type: application/json' \
        --data-binary "@$ground/large" -w '\n%{http_code} %{size_upload} %{time_total}' "$base_url/v1/orders" >"$ground/words" 2>&1
    it "a client that waits before its large body is told to go on" says 'HTTP/1.1 100 Continue'
    it "and its order is placed" says '201 1000'
    it "without waiting for its own patience to end" eval '(($(tail -n 1 "$ground/words" | sed "s/.* //; s/\..*//") < 10))'

    head -c 1100000 /dev/zero >"$ground/large"
    curl_as source --verbose --expect100-timeout 15 --header 'Expect: 100-continue' --header 'Content-Type: application/json' \
        --data-binary "@$ground/large" -w '\n%{http_code} %{size_upload}' "$base_url/v1/orders" >"$ground/words" 2>&1
    it "a body too large is refused before it is sent" says '413 0'
    curl_as source --header 'Expect:' --header 'Content-Type: application/json' \
        --data-binary "@$ground/large" -w '\n%{http_code}' "$base_url/v1/orders" >"$ground/words" 2>&1
    it "and refused readably when it is sent all the same" says '413'
}

test_python() {
    it "http.client comes to its end" python3 "$support/clients.py" http "$base_url" "$tokens" "$sku"
    if ! { python3 -m venv "$ground/python" && "$ground/python/bin/pip" --quiet install requests; } >"$ground/words" 2>&1; then
        say "Python's requests cannot be installed here; left out"
        return
    fi
    it "requests comes to its end" "$ground/python/bin/python" "$support/clients.py" requests "$base_url" "$tokens" "$sku"
}

test_node() {
    if ! command -v node >/dev/null; then
        say "node is not there; left out"
        return
    fi
    it "node comes to its end" node "$support/clients.mjs" "$base_url" "$tokens" "$sku"
}

test_load() {
    if need wrk wrk; then
        wrk -t1 -c64 -d2s -H "$(bearer host)" "$base_url/v1/stock/$sku" >"$ground/words" 2>&1
        it "wrk loads it" says 'Requests/sec'
        it "and meets no error" not grep -qE 'Socket errors|Non-2xx' "$ground/words"
    fi
    if need ab apache2-utils; then
        ab -q -k -n 2000 -c 32 -H "$(bearer host)" "$base_url/v1/stock/$sku" >"$ground/words" 2>&1
        it "ab, which speaks HTTP/1.0, is answered 2,000 times" eval \
            'grep -qE "Complete requests: +2000" "$ground/words" && grep -qE "Failed requests: +0" "$ground/words"'
        it "over connections that are kept" grep -qE 'Keep-Alive requests: +2000' "$ground/words"
        it "with success" not says 'Non-2xx'
    fi
}

make_base "max_connections = 100"
# The load is as much as the server bears, which is more than one token may ask for by default.
start_server --loops 1 --rate-per-key 1000000 --rate-per-address 1000000
test_curl
test_curl_waiting
test_python
test_node
test_load
it "the server has lived through all of it" kill -0 "$server"
end_server TERM
it "and ends when told to" port_is_free "$server_port"
