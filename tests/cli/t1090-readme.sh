#!/bin/sh
# The session in README.md runs as it is printed, and does what it says.
. "$(dirname "$0")/lib.sh"
ln -s "$root/data" data
mkdir build
ln -s "$DEAR" build/dear

# The lines between ```sh and ``` after the comment that names this test.
sed -n '/^<!-- session/,/^```$/p' "$root/README.md" | sed '1,/^```sh$/d;/^```$/d' >session.sh
[ -s session.sh ]
say 'README.md has a session'
status 0 'it runs' sh -eu session.sh
holds 'the queue was shown' out 'drafted'
holds 'and a draft in full' out 'Warmly'
pass 'its store can be listed' sh -c 'build/dear list --db letters.db --json >all.json'
json 'two replies are approved' all.json 'sum(i["status"] == "approved" for i in d) == 2'
json 'one is rejected' all.json 'sum(i["status"] == "rejected" for i in d) == 1'
json 'one was edited' all.json 'sum("edited" in i["flags"] for i in d) == 1'
finish
