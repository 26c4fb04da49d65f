# What the scripts share; sourced, never run.

cd "$(dirname "$0")/.." || exit 1

say() { printf '%s\n' "lotline: $*" >&2; }
die() { say "$*"; exit 1; }

# as_root COMMAND...: run it as root, by sudo where we are not.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        die "needs root for: $* -- run that as root, then run this again."
    fi
}

# apt_install PACKAGE...: install what is named, once the lists are fresh.
apt_install() {
    if ! command -v apt-get >/dev/null 2>&1; then
        die "cannot install $* here: this is no Debian or Ubuntu. Install $other_systems, then run this again."
    fi
    say "installing $* ..."
    log=$(mktemp)
    if ! { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
        UCF_FORCE_CONFFOLD=1 apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1
    then
        tail -n 5 "$log" >&2
        die "apt-get could not install $*; its last words are above, all of them in $log. Or install $other_systems."
    fi
    rm -f "$log"
}

# find_browser: name the Chromium that tests drive, or nothing.
find_browser() {
    for candidate in ${CHROMIUM:+"$CHROMIUM"} chromium google-chrome google-chrome-stable; do
        command -v "$candidate" && return 0
    done
    return 1
}

# stamp FILE...: one hash of the contents of files.
stamp() { cat "$@" | cksum; }

# unchanged NAME HASH: whether the step NAME was last done for HASH.
unchanged() { [ -f ".stamps/$1" ] && [ "$(cat ".stamps/$1")" = "$2" ]; }
remember() { mkdir -p .stamps && printf '%s\n' "$2" >".stamps/$1"; }

python_at_least_312() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}
