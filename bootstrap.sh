#!/bin/sh
# From an empty Debian 12 to dear, with nothing asked:
#
#   sh bootstrap.sh demo    build it, read the sample thread, show a draft
#   sh bootstrap.sh build   the program, at build/dear
#   sh bootstrap.sh test    everything: two builds, all tests, all checks
#   sh bootstrap.sh test-wordpress    a round with a real WordPress, on loopback
#   sh bootstrap.sh test-browser      the desk in a real Chromium
#
# Packages that are missing are installed by apt-get, as root or with sudo.
# Everything else stays in this folder: build/ and build-asan/.
set -eu
cd "$(dirname "$0")"

BUILD_NEEDS="gcc libc6-dev meson ninja-build pkg-config libsqlite3-dev libxml2-dev
	libjansson-dev libutf8proc-dev zlib1g-dev libcurl4-openssl-dev libncurses-dev
	libmicrohttpd-dev libcrypt-dev"
TEST_NEEDS="libcmocka-dev clang clang-format"
# The database without its service, PHP without a web server; WordPress itself is
# only unpacked, since its package wants both.
WORDPRESS_NEEDS="mariadb-server-core php-cli php-mysql php-xml php-mbstring procps python3"
# Node and npm as Debian has them, unless others are there already.
BROWSER_NEEDS="chromium fonts-dejavu-core fonts-noto-core fonts-noto-cjk python3"
WORDPRESS_UNPACKED="wordpress wordpress-theme-twentytwentyone"

say() {
	printf 'bootstrap: %s\n' "$*" >&2
}

is_installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# quietly COMMAND...: its output is shown only when it fails
quietly() {
	talk=$(mktemp)
	code=0
	"$@" >"$talk" 2>&1 </dev/null || code=$?
	[ $code -eq 0 ] || cat "$talk" >&2
	rm -f "$talk"
	return $code
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# install PACKAGE...: those of them that are not there yet
install() {
	missing=
	for package in "$@"; do
		is_installed "$package" || missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	if ! command -v apt-get >/dev/null; then
		say "this is no Debian; if the build fails, install the like of:$missing"
		return 0
	fi
	if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
		say "as root, run: apt-get install$missing"
		exit 1
	fi
	say "installing from Debian:$missing"
	quietly as_root apt-get -o Acquire::Retries=3 update
	# shellcheck disable=SC2086
	quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 \
		install -y --no-install-recommends $missing
}

# compile FOLDER OPTION...: sets the folder up, or looks again at what is
# installed when it already is, and builds it
compile() {
	folder=$1
	shift
	again=
	[ ! -f "$folder/build.ninja" ] || again=--reconfigure
	say "building $folder"
	quietly meson setup $again "$folder" "$@" || return
	quietly ninja --quiet -C "$folder"
}

build() {
	# shellcheck disable=SC2086
	install $BUILD_NEEDS
	compile build
	say "the program is build/dear"
}

# The sample thread, from page to draft. Statuses 0 and 1 are both fine: 1
# means that there is something for an editor to look at.
demo() {
	build
	room=$(mktemp -d)
	trap 'rm -rf "$room"' EXIT
	DEAR_DB=$room/dear.db
	export DEAR_DB
	show import --topic ex-letter data/samples/letter-thread.html
	show list
	id=$(build/dear list --status drafted --json |
		sed -n 's/^{"id": \([0-9]*\),.*/\1/p' | head -n 1)
	show show "$id"
}

show() {
	printf '\n$ dear %s\n' "$*"
	build/dear "$@" || [ $? -eq 1 ]
}

# try FOLDER SUITES...: meson's own report goes by, its log is summed up later
try() {
	folder=$1
	shift
	log=$folder/meson-logs/testlog.json
	rm -f "$log"
	say "testing $folder"
	meson test -C "$folder" --no-rebuild --print-errorlogs "$@" || true
}

run_tests() {
	# shellcheck disable=SC2086
	install $BUILD_NEEDS $TEST_NEEDS
	rm -f build/meson-logs/testlog.json build-asan/meson-logs/testlog.json
	if compile build; then
		try build
	fi
	# Instrumented code makes gcc warn of what it warns of nowhere else.
	if compile build-asan -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 \
		-Dwerror=false; then
		try build-asan --no-suite check
	fi
	python3 tests/summary.py build/meson-logs/testlog.json build-asan/meson-logs/testlog.json
}

unpack_wordpress() {
	[ ! -f build/wordpress/usr/share/wordpress/wp-load.php ] || return 0
	say "fetching from Debian: $WORDPRESS_UNPACKED"
	rm -rf build/wordpress
	mkdir -p build/wordpress
	quietly as_root apt-get -o Acquire::Retries=3 update
	# shellcheck disable=SC2086
	(cd build/wordpress && quietly apt-get -o Acquire::Retries=3 download $WORDPRESS_UNPACKED)
	for package in build/wordpress/*.deb; do
		dpkg-deb -x "$package" build/wordpress
	done
}

test_wordpress() {
	# shellcheck disable=SC2086
	install $BUILD_NEEDS $TEST_NEEDS $WORDPRESS_NEEDS
	compile build
	unpack_wordpress
	rm -f build/meson-logs/testlog.json
	try build --suite wordpress
	python3 tests/summary.py build/meson-logs/testlog.json
}

# Two packages of npm, of the versions and with the sums that package-lock.json
# names; they stay in build/browser and are no part of dear.
fetch_browser() {
	command -v node >/dev/null || install nodejs
	command -v npm >/dev/null || install npm
	mkdir -p build/browser
	if ! cmp -s tests/browser/package-lock.json build/browser/package-lock.json ||
		[ ! -d build/browser/node_modules/playwright-core ]; then
		say "fetching from npm: playwright-core, axe-core"
		cp tests/browser/package.json tests/browser/package-lock.json build/browser/
		(cd build/browser && quietly npm ci --no-audit --no-fund --ignore-scripts)
	fi
}

test_browser() {
	# shellcheck disable=SC2086
	install $BUILD_NEEDS $TEST_NEEDS $BROWSER_NEEDS
	compile build
	fetch_browser
	rm -f build/meson-logs/testlog.json
	try build --suite browser
	python3 tests/summary.py build/meson-logs/testlog.json
}

case ${1:-} in
build) build ;;
demo) demo ;;
test) run_tests ;;
test-wordpress) test_wordpress ;;
test-browser) test_browser ;;
*)
	say 'say one of: demo, build, test, test-wordpress, test-browser'
	exit 2
	;;
esac
