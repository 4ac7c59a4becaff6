# shellcheck shell=sh
# Sourced by the checks: goes to the tree ($1, else this one), defines what
# they share. A check prints file:line of each fault and ends with `verdict`.

LC_ALL=C
export LC_ALL
checks=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$checks/../..}" || exit 1
faults=$(mktemp "${TMPDIR:-/tmp}/dear-check.XXXXXX") || exit 1
trap 'rm -f "$faults"' EXIT

sources() {
	find src include tests -type f -name '*.[ch]' | sort
}

# code FILE...: the files' code alone, each line as file:line:code
code() {
	[ $# -eq 0 ] || awk -f "$checks/code.awk" "$@"
}

# One row a folder of src/, from the table in src/README.md:
# layer folder prefix,prefix,... header,header,...
layers() {
	awk -F'|' '$2 ~ /^ *[0-9]+ *$/ {
		for (i = 2; i <= 5; i++)
			gsub(/[ `]/, "", $i)
		print $2, $3, $4, $5
	}' src/README.md
}

# Lines on standard input are faults, each said with the reason given.
fault() {
	sed "s|\$|    <- $1|" >>"$faults"
}

verdict() {
	if [ -s "$faults" ]; then
		sort -u "$faults"
		exit 1
	fi
}
