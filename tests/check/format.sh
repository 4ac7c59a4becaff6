#!/bin/sh
# All C is as .clang-format says. Another clang-format than Debian 12's would
# say something else: then the check is left out (77).
. "$(dirname "$0")/lib.sh"

for tool in clang-format-14 clang-format; do
	command -v $tool >/dev/null && $tool --version | grep -q 'version 14\.' && break
	tool=
done
if [ -z "$tool" ]; then
	echo 'clang-format 14 is missing: left out'
	exit 77
fi
# shellcheck disable=SC2046
$tool --dry-run -Werror $(sources) 2>&1 | grep -E '^[^ ]+:[0-9]+:.*(error|warning)' |
	sort -t: -k1,1 -k2,2n | sort -t: -k1,1 -su | fault "run $tool -i on it"
verdict
