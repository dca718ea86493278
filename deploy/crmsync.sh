#!/bin/sh
# crmsync COMMAND ...: gives a command as the service would: as its user, with its settings, its environment and its credentials, of
# which it gets copies in memory for as long as it runs. All of it is read from the unit, so what 'systemctl edit crmsync' adds counts
# too, one Environment= and one LoadCredential=NAME:PATH a line. Relative paths count from the data
# directory, as the service's do. For root; install it as /usr/local/bin/crmsync.
set -euf
umask 077

fail() { code=$1; shift; echo "crmsync: $*" >&2; exit "$code"; }
[ $# -gt 0 ] || fail 64 "name a command, such as 'crmsync check'; the worker itself is started by 'systemctl start crmsync'"
[ "$(id -u)" = 0 ] || fail 77 "only root can take the place of the service: sudo crmsync $*"

unit=$(if [ -n "${CRMSYNC_UNIT:-}" ]; then cat "$CRMSYNC_UNIT"; else systemctl cat crmsync.service; fi) || fail 78 "there is no unit crmsync.service: deploy/crmsync.service says how to install it"
of_unit() { printf '%s\n' "$unit" | sed -n "s/^$1=//p"; }
user=$(of_unit User | tail -n 1)
group=$(of_unit Group | tail -n 1)
start=$(of_unit ExecStart | tail -n 1)
id "$user" >/dev/null 2>&1 || fail 78 "there is no user '$user': deploy/crmsync.service says how to make it"

secrets=$(mktemp -d /run/crmsync.XXXXXX)
trap 'rm -rf "$secrets"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

while IFS=: read -r name file; do
  [ -n "$file" ] || continue
  [ -r "$file" ] || fail 78 "$file cannot be read, which LoadCredential of the unit names"
  install -m 400 -o "$user" -g "$group" "$file" "$secrets/$name"
done <<END
$(of_unit LoadCredential)
END
chown "$user:$group" "$secrets"

# The data directory is the unit's StateDirectory, which is not there before the first start.
state=/var/lib/$(of_unit StateDirectory | tail -n 1)
[ -d "$state" ] || install -d -m 700 -o "$user" -g "$group" "$state"

case " $* " in
  *" --config"*) set -- ${start%% run*} "$@" ;;
  *) set -- ${start%% run*} "$@" ${start#* run} ;;
esac
while IFS= read -r setting; do
  [ -z "$setting" ] || set -- "$setting" "$@"
done <<END
$(of_unit Environment | sed "s|%S|/var/lib|g; s|%d|$secrets|g; s|^\"\(.*\)\"\$|\1|")
END
cd "$state"
runuser -u "$user" -- env -i "PATH=$PATH" "HOME=$state" "LANG=${LANG:-C.UTF-8}" "TERM=${TERM:-dumb}" "$@"
