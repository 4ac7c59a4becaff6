#!/bin/sh
# The program itself: help, versions, exit statuses, where it finds its data.
. "$(dirname "$0")/lib.sh"

status 0 'help' dear help
holds 'help names the commands' out import
status 0 '--help is the same' dear --help
status 0 '--version' dear --version
holds 'it names the program' out 'dear '
status 2 'no command is a usage error' dear
status 2 'an unknown command too' dear frobnicate
holds 'it is named' err frobnicate
status 2 'an unknown option' dear list --frobnicate
status 6 'a missing file' dear import nowhere.html
holds 'it is named' err nowhere.html
status 3 'a folder without comments' dear import .
[ ! -s out ]
say 'errors leave standard output alone' out

for command in import list show approve edit reject dismiss reopen relabel posted export classify \
	evaluate explain check redraft rebuild dump restore forget; do
	status 0 "$command --help" dear "$command" --help
done
finish
