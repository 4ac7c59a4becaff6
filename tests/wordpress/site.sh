#!/bin/sh
# A WordPress of our own, on loopback only, for as long as a test runs.
#
#   site.sh start FOLDER   into a folder that is empty or missing: the thread of
#                          data/samples as article 212; writes FOLDER/site.env
#   site.sh stop FOLDER    ends what start began; the folder stays
#
# $DEAR_WORDPRESS is WordPress' tree, as Debian's packages unpack it. The
# database has a socket and no port; the web server has a port of 127.0.0.1.
# Neither mail, nor cron, nor anything else leaves the machine (setup.php).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${2:?a folder}

fail() {
	echo "site.sh: $*" >&2
	exit 1
}

# wait_for WHAT COMMAND...: half a minute for it to succeed
wait_for() {
	what=$1 tries=150
	shift
	until "$@" >/dev/null 2>&1; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || fail "$what does not come up; see $folder/*.log"
		sleep 0.2
	done
}

free_port() {
	python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

# Without tables of its own it knows no users, and asks none who they are.
start_database() {
	mkdir "$folder/db"
	mariadbd --no-defaults --user="$(id -un)" --datadir="$folder/db" --skip-networking \
		--socket="$folder/db.sock" --pid-file="$folder/db.pid" --skip-grant-tables \
		--innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=64M \
		>"$folder/db.log" 2>&1 &
	echo $! >"$folder/db.pid"
	wait_for 'the database' test -S "$folder/db.sock"
}

# The tree is copied, since WordPress looks for its settings beside itself.
start_web() {
	cp -r "$DEAR_WORDPRESS" "$folder/www"
	rm -f "$folder/www/wp-config.php"
	cp "$here/wp-config.php" "$folder/www/wp-config.php"
	mkdir "$folder/www/wp-content/mu-plugins"
	cp "$here/quiet.php" "$folder/www/wp-content/mu-plugins/"
	port=$(free_port)
	cat >"$folder/site.env" <<-END
		SITE=http://127.0.0.1:$port
		SITE_FOLDER=$folder
		SITE_SOCKET=$folder/db.sock
		export SITE SITE_FOLDER SITE_SOCKET
	END
	# shellcheck disable=SC1091
	. "$folder/site.env"
	wait_for 'the database' php -r 'exit((int)!@mysqli_connect(null, "root", "", null, 0,
		getenv("SITE_SOCKET")));'
	php "$here/setup.php" "$here/../../data/samples/letter-thread.rest.json" \
		>>"$folder/site.env" 2>"$folder/setup.log" || fail "no site; see $folder/setup.log"
	PHP_CLI_SERVER_WORKERS=4 php -d display_errors=0 -S "127.0.0.1:$port" -t "$folder/www" \
		"$here/router.php" >"$folder/web.log" 2>&1 &
	echo $! >"$folder/web.pid"
	wait_for 'the web server' php -r 'exit((int)!@file_get_contents(getenv("SITE") .
		"/wp-json/"));'
}

stop() {
	for name in web db; do
		[ -f "$folder/$name.pid" ] || continue
		pid=$(cat "$folder/$name.pid")
		# Workers of the web server are children of its process.
		pkill -P "$pid" 2>/dev/null || true
		kill "$pid" 2>/dev/null || true
		tries=50
		while kill -0 "$pid" 2>/dev/null && [ $tries -gt 0 ]; do
			tries=$((tries - 1))
			sleep 0.1
		done
		rm -f "$folder/$name.pid"
	done
}

case ${1:-} in
start)
	: "${DEAR_WORDPRESS:?the tree of WordPress}"
	mkdir -p "$folder"
	folder=$(cd "$folder" && pwd)
	start_database
	start_web
	;;
stop) stop ;;
*) fail 'start or stop' ;;
esac
