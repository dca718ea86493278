#!/usr/bin/env bash
# Builds the image and runs it as it is to be run: not root, its file system read-only, no capabilities, no network beyond its
# own. Prints "N passed, N failed, N skipped" as its last line. By Docker where it answers, else by stand-ins (standin.sh).
set -uo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d /var/tmp/crmsync-container.XXXXXX)
image=crmsync:test engine=(docker) limits=() standin="" passed=0 failed=0
# shellcheck source=tests/container/standin.sh
. tests/container/standin.sh

end() {
  "${engine[@]}" rm -f "${names[@]}" >/dev/null 2>&1
  "${engine[@]}" volume rm -f "$volume" >/dev/null 2>&1
  [ -n "$standin" ] && standin_stop
  rm -rf "$work"
}
trap end EXIT
volume=crmsync-test-$$ names=("crmsync-worker-$$" "crmsync-demo-$$")

check() { # what, command ...
  local what=$1; shift
  if "$@" >"$work/said" 2>&1; then passed=$((passed + 1)); echo "ok    $what"
  else failed=$((failed + 1)); echo "WRONG $what"; sed 's/^/      /' "$work/said" | tail -n 15; fi
}
finish() { echo "$passed passed, $failed failed, 0 skipped"; [ "$failed" -eq 0 ]; exit; }

hard=(--read-only --user 1654 --cap-drop=ALL --security-opt=no-new-privileges --network=none --memory=256m --tmpfs /tmp:rw,size=16m)
once() { "${engine[@]}" run --rm "${limits[@]}" "${hard[@]}" "$@"; }
exits() { local wanted=$1; shift; "$@"; local code=$?; [ "$code" -eq "$wanted" ] || { echo "exit code $code, not $wanted"; return 1; }; }
says() { local wanted=$1; shift; "$@" | tee "$work/text"; grep -q -- "$wanted" "$work/text" || { echo "'$wanted' is not in it"; return 1; }; }
until_well() { for _ in $(seq 60); do in_worker healthcheck && return; sleep 0.5; done; return 1; }
in_worker() { "${engine[@]}" exec "${names[0]}" dotnet crmsync.dll "$@"; }
of_image() { "${engine[@]}" image inspect --format "$1" "$image"; }

if docker info >/dev/null 2>&1; then
  echo "== by Docker"
  check "the image builds" docker build -q -t "$image" .
else
  echo "== no Docker engine answers: built against a local stand-in base (Debian and this machine's .NET, no shell), run by podman and runc"
  standin=yes
  check "the stand-in base is there" standin_start
  [ "$failed" -eq 0 ] && check "the image builds" standin_build "$image"
fi
[ "$failed" -eq 0 ] || finish
echo "      its size: $(( $(of_image '{{.Size}}') / 1000000 )) MB"

program_size() { # in MB, as its files lie in the image
  "${engine[@]}" create "${limits[@]}" --name "${names[1]}" "$image" >/dev/null && "${engine[@]}" cp "${names[1]}:/app" - | wc -c | awk '{print int($1 / 1000000)}'
  "${engine[@]}" rm -f "${names[1]}" >/dev/null 2>&1
}
size=$(program_size)
echo "      the program in it: $size MB"
check "the program takes at most 45 MB" test "$size" -gt 0 -a "$size" -le 45
check "its user is not root" says '^1654$' of_image '{{.Config.User}}'
check "there is no shell in it" exits 127 once --entrypoint /bin/sh "$image" -c true
check "the demo plays to its end" says '"verified": true' once --name "${names[1]}" "$image" demo --once --json --leads 30 --data /data/demo
check "nothing can be written beside the data" exits 73 once "$image" run --data /app/data \
  --set Connections:main:Crm=hubspot --set Connections:main:BaseUrl=http://127.0.0.1:9 --set Connections:main:TokenFile=/etc/hostname
check "without settings it says what is missing" exits 78 once "$image" run

# A CRM that nobody answers for: the worker is there all the same, and says that it waits.
start() {
  "${engine[@]}" run -d --name "${names[0]}" "${limits[@]}" "${hard[@]}" -v "$volume:/data" \
    -e CRMSYNC__Connections__main__Crm=hubspot -e CRMSYNC__Connections__main__BaseUrl=http://127.0.0.1:9 -e CRMSYNC__Connections__main__Token=nobody "$image"
}
asked_health() {
  if [ -n "$standin" ]; then "${engine[@]}" healthcheck run "${names[0]}"
  else for _ in $(seq 45); do [ "$(docker inspect --format '{{.State.Health.Status}}' "${names[0]}")" = healthy ] && return; sleep 1; done; return 1; fi
}
resident() { # in MB; by the process as the machine sees it
  local pid; pid=$("${engine[@]}" inspect --format '{{.State.Pid}}' "${names[0]}")
  awk '/^VmRSS/{print int($2 / 1000)}' "/proc/$pid/status" 2>/dev/null
}
stop_in_time() { # seconds
  local began ended; began=$(date +%s%N); "${engine[@]}" stop -t 20 "${names[0]}"; ended=$(date +%s%N)
  echo "      it stopped in $(( (ended - began) / 1000000 )) ms" | tee "$work/stopped"
  [ $(( (ended - began) / 1000000 )) -lt $(( $1 * 1000 )) ] && says '^0$' "${engine[@]}" inspect --format '{{.State.ExitCode}}' "${names[0]}"
}
check "the worker starts on a fresh volume" start
check "it is ready" until_well
check "the image's own health check agrees" asked_health
check "it runs as 1654" test "$(stat -c %u "/proc/$("${engine[@]}" inspect --format '{{.State.Pid}}' "${names[0]}")")" = 1654
check "another worker is refused the data" exits 75 once -v "$volume:/data" -e CRMSYNC__Connections__main__Crm=hubspot \
  -e CRMSYNC__Connections__main__BaseUrl=http://127.0.0.1:9 -e CRMSYNC__Connections__main__Token=nobody "$image" run
check "a backup is made beside it" in_worker backup
sleep 2
rss=$(resident)
[ -n "$rss" ] && echo "      resident memory, idle: $rss MB"
check "it needs less than 150 MB" test "${rss:-0}" -gt 0 -a "${rss:-999}" -lt 150
check "it stops within 8 s, with 0" stop_in_time 8
cat "$work/stopped" 2>/dev/null
check "its audit is whole" says 'whole' once -v "$volume:/data" "$image" audit verify
finish
