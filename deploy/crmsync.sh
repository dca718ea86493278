#!/bin/sh
# crmsync COMMAND ...: gives a command as the service would: as its user, with its settings, its environment and its credentials, of
# which it gets copies in memory for as long as it runs. All of it is read from the unit, so what 'systemctl edit crmsync' adds counts
# too: one Environment=NAME=VALUE and one LoadCredential=NAME:PATH a line; of two for one name the last counts, and an empty line
# takes back those above it, as for systemd. What it cannot follow it refuses. Relative paths count from the data directory, as the
# service's do. For root; install it as /usr/local/bin/crmsync.
set -euf
umask 077
# What cron gives is short.
PATH=${PATH:-/usr/bin:/bin}:/usr/local/bin:/usr/sbin:/sbin

fail() { code=$1; shift; echo "crmsync: $*" >&2; exit "$code"; }
[ $# -gt 0 ] || fail 64 "name a command, such as 'crmsync check'; the worker itself is started by 'systemctl start crmsync'"
[ "$(id -u)" = 0 ] || fail 77 "only root can take the place of the service: sudo crmsync $*"

unit=$(if [ -n "${CRMSYNC_UNIT:-}" ]; then cat "$CRMSYNC_UNIT"; else systemctl cat crmsync.service; fi) || fail 78 "there is no unit crmsync.service: deploy/crmsync.service says how to install it"
# The values of a name, the last one first, down to where an empty line took back what came before.
of_unit() { printf '%s\n' "$unit" | sed -n "s/[[:space:]]*\$//; s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*//p" | tac | sed '/^$/,$d'; }
last_of() { of_unit "$1" | head -n 1; }
# The line is told without its value, which may be a secret.
lost() { fail 78 "the unit's line '$1=${2%%[=:]*}...' cannot be followed here: $3"; }

for name in EnvironmentFile PassEnvironment UnsetEnvironment LoadCredentialEncrypted SetCredential SetCredentialEncrypted ImportCredential; do
  value=$(last_of $name)
  [ -z "$value" ] || lost $name "$value" "use Environment= for settings and LoadCredential=NAME:PATH for secrets"
done
for name in User Group StateDirectory ExecStart; do
  value=$(last_of $name)
  case $value in
    "") fail 78 "the unit has no line '$name=': deploy/crmsync.service has one" ;;
    *[\"\'\\%\$]*) lost $name "$value" "write it on one line, without quotes, backslash, % and \$" ;;
  esac
done
user=$(last_of User)
group=$(last_of Group)
start=$(last_of ExecStart)
id "$user" >/dev/null 2>&1 || fail 78 "there is no user '$user': deploy/crmsync.service says how to make it"

secrets=$(mktemp -d /run/crmsync.XXXXXX)
trap 'rm -rf "$secrets"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

while IFS= read -r line; do
  [ -n "$line" ] || continue
  name=${line%%:*} file=${line#*:}
  case $line in
    *[\"\'\\%]* | */*:*) lost LoadCredential "$line" "write NAME:PATH on one line, without quotes, backslash and %" ;;
    ?*:/*) ;;
    *) lost LoadCredential "$line" "write NAME:PATH, the whole path" ;;
  esac
  [ ! -e "$secrets/$name" ] || continue
  if [ -f "$file" ] && [ -r "$file" ]; then
    install -m 400 -o "$user" -g "$group" "$file" "$secrets/$name"
  else
    # The service would not start; a command that does without it may run.
    echo "crmsync: $file cannot be read, which LoadCredential of the unit names; going on without it" >&2
  fi
done <<END
$(of_unit LoadCredential)
END
chown "$user:$group" "$secrets"

# The data directory is the unit's StateDirectory, which is not there before the first start.
state=/var/lib/$(last_of StateDirectory)
[ -d "$state" ] || install -d -m 700 -o "$user" -g "$group" "$state"

case " $* " in
  *" --config"*) set -- ${start%% run*} "$@" ;;
  *) set -- ${start%% run*} "$@" ${start#* run} ;;
esac
# Each goes before those that stand below it in the unit, which therefore win.
while IFS= read -r line; do
  [ -n "$line" ] || continue
  case $line in
    \"*\") setting=${line#\"} setting=${setting%\"} ;;
    *[[:space:]]*) lost Environment "$line" "write one NAME=VALUE a line, one with spaces as \"NAME=VALUE\"" ;;
    *) setting=$line ;;
  esac
  case $setting in
    *[\"\'\\]*) lost Environment "$line" "write one NAME=VALUE a line, without quotes inside and without backslash" ;;
    [A-Za-z_]*=*) ;;
    *) lost Environment "$line" "write NAME=VALUE" ;;
  esac
  case $(printf '%s\n' "$setting" | sed 's/%[%Sd]//g') in
    *%*) lost Environment "$line" "of what begins with % only %S, %d and %% are known" ;;
  esac
  set -- "$(printf '%s\n' "$setting" | sed "s|%%|\n|g; s|%S|/var/lib|g; s|%d|$secrets|g; s|\n|%|g")" "$@"
done <<END
$(of_unit Environment)
END
cd "$state"

# The command is a child, so that the copies go when it has ended; it is told to stop by one signal, whatever this shell got.
child='' asked=''
stop() { asked=1; [ -z "$child" ] || kill -s TERM "$child" 2>/dev/null || :; }
trap stop HUP INT TERM
exec 3<&0
{
  setpriv --reuid="$user" --regid="$group" --init-groups -- \
    env -i "PATH=$PATH" "HOME=$state" "LANG=${LANG:-C.UTF-8}" "TERM=${TERM:-dumb}" "$@" <&3 3<&- &
  child=$!
  [ -z "$asked" ] || stop
  code=0
  wait "$child" || code=$?
  # A signal ends the waiting and not the child; 127: it was waited for already.
  while [ -n "$asked" ]; do
    asked='' again=0
    wait "$child" || again=$?
    [ "$again" = 127 ] || code=$again
  done
  exit "$code"
}
