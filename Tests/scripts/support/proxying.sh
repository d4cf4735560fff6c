# shellcheck shell=bash
# A served base, a stand-in for one, and proxies before them, configured by docs/proxies.md.

: "${root:?}" "${ground:?}" "${support:?}"
yuncang=$root/.build/debug/yuncang
document=$root/docs/proxies.md
run=$ground/run
token=
proxied=()

# Starts a program in the background, to be ended with the test; its words are in the file given.
start_program() {
    local words=$1
    shift
    setsid "$@" >"$words" 2>&1 &
    proxied+=($!)
}

end_proxying() {
    local leader
    for leader in "${proxied[@]}"; do
        end_session "$leader" TERM
    done
    [[ -z $cluster_data ]] || stop_cluster immediate
}

start_yuncang() {
    prepare_base >"$ground/words" 2>&1
    # Root's proxies run their workers as somebody else, for whom the systemd unit would have a group.
    start_program "$ground/words-serve" "$yuncang" serve --json --loops 2 --listen "unix:$run/http.sock" \
        --socket-mode 666 --trust-proxy unix
    it "a base is served at a path" wait_for_words "$ground/words-serve" '"event":"ready"'
}

prepare_base() {
    mkdir -p "$run" "$ground/cluster"
    use_cluster "$ground/cluster"
    select_server_binaries
    create_cluster --no-sync
    start_cluster "fsync = off"
    create_roles_and_database
    YUNCANG_DATABASE_URL=$(database_url yuncang_service)
    YUNCANG_OWNER_URL=$(database_url yuncang_owner)
    export YUNCANG_DATABASE_URL YUNCANG_OWNER_URL
    "$yuncang" migrate && "$yuncang" base create gaoqing --name 高青 && "$yuncang" demo load
    token=$("$yuncang" token create --role operator --name test --json | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
}

start_upstream() {
    start_program "$ground/words-upstream" perl "$support/upstream" "$run/upstream.sock" "$ground/asked"
}

# Whether the proxy is installed; root installs what is missing.
proxy_is_there() {
    local program=$1 package=$2
    if ! command -v "$program" >/dev/null && ((EUID == 0)) && command -v apt-get >/dev/null; then
        # Debian starts what it installs; a policy says not to.
        local policy=/usr/sbin/policy-rc.d
        if [[ ! -e $policy ]]; then
            printf '#!/bin/sh\nexit 101\n' >"$policy"
            chmod 755 "$policy"
        else
            policy=
        fi
        {
            apt-get -q update
            DEBIAN_FRONTEND=noninteractive timeout 120 apt-get -q -o DPkg::Lock::Timeout=60 install -y \
                --no-install-recommends "$package"
        } >"$ground/words" 2>&1
        [[ -z $policy ]] || rm -f "$policy"
    fi
    command -v "$program" >/dev/null || {
        echo "$program is not installed and cannot be: left out."
        return 1
    }
}

# Prints the block of that language out of the document.
block() {
    awk -v begin='```'"$1" '$0 == begin { inside = 1; next } $0 == "```" { inside = 0 } inside' "$document"
}

# ---- One proxy after the other, each before the base and before the stand-in. ----

configure_nginx() {
    local folder=$1 socket=$2
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=yun.example.com -addext subjectAltName=DNS:yun.example.com \
        -keyout "$folder/key.pem" -out "$folder/ca.pem" 2>/dev/null
    block nginx | sed -e "s|/run/yuncang/http.sock|$socket|" -e "s|listen \(\[::\]:\)\?80;|listen 127.0.0.1:$plain_port;|" \
        -e "s|listen \(\[::\]:\)\?443 |listen 127.0.0.1:$port |" -e "s|/etc/letsencrypt/.*/fullchain.pem|$folder/ca.pem|" \
        -e "s|/etc/letsencrypt/.*/privkey.pem|$folder/key.pem|" | awk '!/listen / || !seen[$0]++' >"$folder/site.conf"
    printf '%s\n' "pid $folder/pid;" "daemon off;" "error_log $folder/error.log;" "events { }" \
        "http { access_log off; client_body_temp_path $folder/body; proxy_temp_path $folder/proxy;" \
        "fastcgi_temp_path $folder/f; uwsgi_temp_path $folder/u; scgi_temp_path $folder/s; include $folder/site.conf; }" \
        >"$folder/nginx.conf"
}

run_nginx() {
    start_program "$1/words" nginx -c "$1/nginx.conf" -e "$1/error.log"
}

# Ports, and that the certificate is the own authority's: there is no public one for a test.
configure_caddy() {
    local folder=$1 socket=$2 last=${3:-}
    {
        block caddyfile | sed -e '/^yun.example.com {$/,$d' -e "s|/run/yuncang/http.sock|$socket|" \
            -e "0,/{/s|{|{\n    admin off\n    skip_install_trust\n    http_port $plain_port\n    https_port $port|"
        if [[ -n $last ]]; then
            block "$last"
        else
            block caddyfile | sed -n -e 's/^yun.example.com {$/&\n    tls internal/' -e '/^yun.example.com {/,$p'
        fi
    } | sed "s|/var/lib/caddy/.local/share/|$folder/|" >"$folder/Caddyfile"
}

run_caddy() {
    start_program "$1/words" env HOME="$1" XDG_DATA_HOME="$1" XDG_CONFIG_HOME="$1" caddy run --adapter caddyfile \
        --config "$1/Caddyfile"
}

# Where the certificate of the proxy in that folder comes from.
authority() {
    if [[ -e $1/ca.pem ]]; then
        printf '%s\n' "$1/ca.pem"
    else
        printf '%s\n' "$1/caddy/pki/authorities/local/root.crt"
    fi
}

# Starts the proxy before that socket, on ports of its own, and waits until it answers.
start_proxy() {
    local proxy=$1 socket=$2 tenths
    folder=$ground/$proxy-${socket##*/}-${3:-}
    mkdir -p "$folder"
    port=$(free_port)
    plain_port=$(free_port)
    "configure_$proxy" "$folder" "$socket" "${3:-}"
    "run_$proxy" "$folder"
    for ((tenths = 0; tenths < 150; tenths++)); do
        ! ask -o /dev/null "/livez" || return 0
        sleep 0.1
    done
    cat "$folder/words" "$folder"/*.log 2>/dev/null
    return 1
}

host=yun.example.com

# Asks the proxy for a path, with further arguments of curl before it.
ask() {
    curl -sS --max-time 20 --cacert "$(authority "$folder")" --resolve "$host:$port:127.0.0.1" "${@:1:$#-1}" \
        "https://$host:$port${*: -1}" 2>"$ground/words-curl"
}

asked_times() {
    [[ $(grep -c "$1" "$ground/asked") == "$2" ]]
}

order() {
    printf '{"source":"shop","reference":"%s","lines":[{"sku":"%s","quantity":1}]}' "$1" "$2"
}

test_proxy() {
    local proxy=$1 sku body
    start_proxy "$proxy" "$run/http.sock" >"$ground/words" || {
        it "$proxy starts with the document's configuration" false
        return
    }
    it "$proxy: HTTP/2 over TLS" test "$(ask -o /dev/null -w '%{http_code} %{http_version}' /readyz)" = "200 2"
    it "$proxy: HTTP/1.1 over TLS" test "$(ask --http1.1 -o /dev/null -w '%{http_code} %{http_version}' /readyz)" = "200 1.1"
    it "$proxy: in clear it leads to TLS" test \
        "$(curl -s -o /dev/null -w '%{http_code}' --resolve "$host:$plain_port:127.0.0.1" "http://$host:$plain_port/")" -ge 301
    body=$(ask -H "Authorization: Bearer $token" '/v1/stock?limit=1')
    sku=$(sed -n 's/.*"sku":"\([^"]*\)".*/\1/p' <<<"$body")
    it "$proxy: the stock is told" test -n "$sku"
    it "$proxy: without a token it is not" test "$(ask -o /dev/null -w '%{http_code}' /v1/stock)" = 401
    it "$proxy: an order is placed" test "$(order "$proxy-1" "$sku" | ask -o /dev/null -w '%{http_code}' -X POST \
        -H "Authorization: Bearer $token" -H 'Content-Type: application/json' --data-binary @- /v1/orders)" = 201
    ask -H "Authorization: Bearer $token" -o /dev/null -w '%{http_code} %{num_connects}\n' '/v1/stock?limit=[1-50]' \
        >"$ground/many"
    it "$proxy: fifty answers over one connection" test "$(sort "$ground/many" | uniq -c | tr -s ' \n' ' ')" = ' 49 200 0 1 200 1 '
    it "$proxy: more than a megabyte is refused" test "$(head -c 1100000 /dev/zero | ask -o /dev/null -w '%{http_code}' \
        -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/json' --data-binary @- /v1/orders)" = 413

    start_proxy "$proxy" "$run/upstream.sock" >"$ground/words" || {
        it "$proxy starts before another server" false
        return
    }
    test_forwarding "$proxy"
}

test_forwarding() {
    local proxy=$1 reader
    rm -f "$ground/asked" "$ground/asked.go" "$ground/events"
    ask -o /dev/null -H 'X-Forwarded-For: 6.6.6.6' -H 'X-Forwarded-Proto: ftp' -H 'X-Forwarded-Host: evil' \
        -H 'Forwarded: for=6.6.6.6' /whoever
    it "$proxy: says whom it forwards for" grep -qix $'X-Forwarded-For: 127.0.0.1\r' "$ground/asked"
    it "$proxy: says that it was asked over TLS" grep -qix $'X-Forwarded-Proto: https\r' "$ground/asked"
    it "$proxy: says for which host" grep -qix "X-Forwarded-Host: $host:$port"$'\r' "$ground/asked"
    it "$proxy: asks for that host" grep -qix "Host: $host:$port"$'\r' "$ground/asked"
    it "$proxy: hands on nothing that the client says of itself" not grep -qE '6\.6\.6\.6|evil|ftp' "$ground/asked"

    it "$proxy: no answer to an order is told as such" test \
        "$(ask -o /dev/null -w '%{http_code}' -X POST -d x /lost)" = 502
    it "$proxy: and the order was sent once" asked_times '^POST /lost ' 1
    it "$proxy: a PUT as well" test "$(ask -o /dev/null -w '%{http_code}' -X PUT -d x /lost)" = 502
    it "$proxy: once" asked_times '^PUT /lost ' 1

    start_program "$ground/events" curl -sSN --max-time 30 --cacert "$(authority "$folder")" \
        --resolve "$host:$port:127.0.0.1" "https://$host:$port/events"
    reader=${proxied[-1]}
    it "$proxy: an event arrives while the answer goes on" wait_for_words "$ground/events" "data: first"
    it "$proxy: and the next one has not been waited for" not grep -q second "$ground/events"
    : >"$ground/asked.go"
    it "$proxy: the next one follows" wait_for_words "$ground/events" "data: second"
    wait "$reader" 2>/dev/null
}

test_own_authority() {
    host=yuncang.local
    start_proxy caddy "$run/http.sock" caddyfile-lan >"$ground/words" || {
        it "caddy starts as its own authority" false
        return
    }
    curl -sS --max-time 20 -D "$ground/words" -o "$ground/fetched.crt" --resolve "$host:$plain_port:127.0.0.1" \
        "http://$host:$plain_port/ca.crt"
    it "a phone gets the authority's certificate" cmp -s "$ground/fetched.crt" "$(authority "$folder")"
    it "as a certificate" grep -qi '^Content-Type: application/x-x509-ca-cert' "$ground/words"
    it "and with it trusts the base" test "$(curl -sS --cacert "$ground/fetched.crt" -o /dev/null -w '%{http_code}' \
        --resolve "$host:$port:127.0.0.1" "https://$host:$port/readyz")" = 200
    it "without it, it does not" not curl -s -o /dev/null --resolve "$host:$port:127.0.0.1" "https://$host:$port/readyz"
    it "everything else in clear leads to TLS" test "$(curl -s -o /dev/null -w '%{http_code} %{redirect_url}' \
        --resolve "$host:$plain_port:127.0.0.1" "http://$host:$plain_port/a?b")" = "301 https://$host/a?b"
}
