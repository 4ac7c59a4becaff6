#!/bin/sh
# Lets one fuzzer search for new inputs: run.sh NAME [SECONDS]. Needs clang.
# What it finds goes to build-fuzz/found-NAME; a crash worth keeping, made
# small, belongs in corpus/NAME under a name that says what it is.
set -eu
name=${1:?usage: run.sh NAME [SECONDS]}
seconds=${2:-60}
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
with='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined'
links='-fsanitize=address,undefined'
[ -d build-fuzz ] || CC=clang meson setup build-fuzz -Dc_args="$with" -Dc_link_args="$links"
ninja -C build-fuzz src/libdear.a
# shellcheck disable=SC2046
clang -std=gnu17 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined \
	-fno-sanitize-recover=undefined -Iinclude $(pkg-config --cflags jansson libxml-2.0) \
	"$here/fuzz_$name.c" build-fuzz/src/libdear.a -o "build-fuzz/fuzz_$name" \
	$(pkg-config --libs jansson libxml-2.0 sqlite3 libutf8proc zlib) -lm -pthread
mkdir -p "build-fuzz/found-$name"
exec "build-fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
	-artifact_prefix=build-fuzz/ "build-fuzz/found-$name" "$here/corpus/$name"
