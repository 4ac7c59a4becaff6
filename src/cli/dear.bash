# bash completion for dear(1). tests/check/help.sh compares it with the program.

_dear_commands="import pull list show filters review serve approve edit reject dismiss reopen undo
	relabel posted push export stats classify evaluate train explain draft check redraft rebuild
	dump restore forget help"

_dear_options()
{
	local common="--db --data --responses --voice --as --json --help --version"
	local filter="--filter --status --flag --reason --situation --band --topic --thread"
	filter+=" --author --since --search"
	local site="--user --password-file --delay --timeout --tries --ca --insecure-http"

	case $1 in
	import) echo "--topic --format --title --thread --staff --staff-id --since" \
		"--also-answered --dry-run $common" ;;
	pull) echo "$site --topic --title --thread --staff --staff-id --since --also-answered" \
		"--dry-run $common" ;;
	list) echo "$filter --save --limit $common" ;;
	filters) echo "--drop $common" ;;
	review) echo "$filter --plain $common" ;;
	show) echo "--thread $common" ;;
	serve) echo "--port --any-port --address --password-file --add-editor --origin $common" ;;
	approve) echo "--revision --response --thread --yes $common" ;;
	edit) echo "--text --approve --revision $common" ;;
	reject) echo "--reason --note $common" ;;
	dismiss) echo "--reason --note $common" ;;
	reopen) echo "--note $common" ;;
	posted) echo "--native-id --ids $common" ;;
	push) echo "--site $site --thread --again --stale --also-answered --dry-run $common" ;;
	export) echo "--format --output --thread --again --mark --stale --also-answered $common" ;;
	stats) echo "--responses --since --html $common" ;;
	classify) echo "--topic $common" ;;
	evaluate) echo "--errors --compare $common" ;;
	train) echo "--with --out $common" ;;
	draft) echo "--text --topic --title --author --follow-up --why $common" ;;
	explain) echo "--text --topic $common" ;;
	dump) echo "--output $common" ;;
	forget) echo "--author --thread --yes $common" ;;
	*) echo "$common" ;;
	esac
}

_dear()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= i

	for ((i = 1; i < COMP_CWORD; i++)); do
		if [[ " ${_dear_commands//[$'\n\t']/ } " == *" ${COMP_WORDS[i]} "* ]]; then
			command=${COMP_WORDS[i]}
			break
		fi
	done
	case $before in
	--data | --responses) COMPREPLY=($(compgen -d -- "$word")); return ;;
	--db | --text | --output | --with | --out | --password-file | --ca | --ids | --html)
		COMPREPLY=($(compgen -f -- "$word"))
		return
		;;
	--format)
		if [[ $command == export ]]; then
			COMPREPLY=($(compgen -W "json ndjson csv html markdown text copy-sheet
				wordpress wp-cli wxr disqus" -- "$word"))
			return
		fi
		;;
	--band) COMPREPLY=($(compgen -W "low medium high" -- "$word")); return ;;
	--flag) COMPREPLY=($(compgen -W "answered edited stale exported" -- "$word")); return ;;
	--status)
		COMPREPLY=($(compgen -W "drafted needs_person no_reply approved rejected dismissed
			open all" -- "$word"))
		return ;;
	esac
	if [[ $word == -* ]]; then
		COMPREPLY=($(compgen -W "$(_dear_options "$command")" -- "$word"))
	elif [[ -z $command || $command == help ]]; then
		COMPREPLY=($(compgen -W "$_dear_commands" -- "$word"))
	else
		COMPREPLY=($(compgen -f -- "$word"))
	fi
}
complete -o filenames -F _dear dear
