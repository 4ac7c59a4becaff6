# Prints FILE:LINE:CODE with comments, strings and character constants taken
# out, so that the checks see nothing but code. Lines that only held those are
# left out.
FNR == 1 { inside = 0 }
{
	line = $0
	code = ""
	while (line != "") {
		if (inside) {
			end = index(line, "*/")
			if (end == 0)
				break
			line = substr(line, end + 2)
			inside = 0
			continue
		}
		if (!match(line, /\/\*|"|'/)) {
			code = code line
			break
		}
		code = code substr(line, 1, RSTART - 1)
		mark = substr(line, RSTART, 1)
		line = substr(line, RSTART + (mark == "/" ? 2 : 1))
		if (mark == "/") {
			inside = 1
			continue
		}
		code = code mark mark
		while (line != "" && substr(line, 1, 1) != mark)
			line = substr(line, substr(line, 1, 1) == "\\" ? 3 : 2)
		line = substr(line, 2)
	}
	if (code !~ /^[ \t]*$/)
		print FILENAME ":" FNR ":" code
}
