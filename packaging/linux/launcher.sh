#!/bin/sh
# Starts Deep Learning Playground @VERSION@; a system that is too old is told so in one sentence.
start=$0
[ -L "$start" ] && start=$(command -p readlink -f "$start")
here=${start%/*}
[ "$here" = "$start" ] && here=.

found=$(command -p getconf GNU_LIBC_VERSION 2>/dev/null)
case $found in
"glibc 2."*) minor=${found#glibc 2.} && minor=${minor%%[!0-9]*} ;;
*) minor=0 found="another C library" ;;
esac
if [ "$minor" -lt @GLIBC_MINOR@ ]; then
    echo "This system is too old: Deep Learning Playground needs the GNU C library 2.@GLIBC_MINOR@ or newer, here is" \
        "$found; @SYSTEMS@." >&2
    exit 1
fi

[ -n "$LC_ALL$LC_CTYPE$LANG" ] || export LC_CTYPE=C.UTF-8 # Qt wants some UTF-8
exec "$here/program/playground" "$@"
