#!/bin/sh
# regenerate.sh BUILD: runs the cases of input/ as they are read now, shows what
# would change in their expected.json and diagnostics, and asks before it does.
set -eu
build=$(cd "${1:?usage: regenerate.sh BUILD}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
"$build/tests/cases/cases_input" "$here/input" "$new" >/dev/null
if diff -ruN -x 'input*' "$here/input" "$new"; then
	echo 'nothing changes'
	exit 0
fi
printf 'write these? [y/N] '
read -r answer
[ "$answer" = y ] || exit 1
cp -R "$new/." "$here/input/"
