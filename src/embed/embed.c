/* embed.c - writes a C file that holds other files as arrays of bytes.
 *
 * A program of the build, not of dear: embed OUTPUT ARRAY FILE...
 * Bytes, not string literals, since C promises no literal over 4095 characters.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define BYTES_A_LINE 16

static int fail(const char *path)
{
	fprintf(stderr, "embed: %s: %s\n", path, strerror(errno));
	return -1;
}

/* One static array of bytes, NUL at its end. */
static int put_bytes(FILE *out, const char *path, int number)
{
	FILE *in = fopen(path, "rb");
	long at = 0;
	int c, bad;

	if (!in)
		return fail(path);
	fprintf(out, "static const char file_%d[] = {", number);
	for (; (c = getc(in)) != EOF; at++)
		fprintf(out, "%s%d,", at % BYTES_A_LINE ? " " : "\n\t", c < 128 ? c : c - 256);
	fprintf(out, "\n\t0\n};\n\n");
	bad = ferror(in);
	fclose(in);
	return bad ? fail(path) : 0;
}

static void put_table(FILE *out, const char *array, char **paths, int count)
{
	fprintf(out, "extern const struct embed_file %s[];\n", array);
	fprintf(out, "const struct embed_file %s[] = {\n", array);
	for (int i = 0; i < count; i++) {
		const char *slash = strrchr(paths[i], '/');

		fprintf(out, "\t{ \"%s\", file_%d, sizeof(file_%d) - 1 },\n",
			slash ? slash + 1 : paths[i], i, i);
	}
	fprintf(out, "\t{ NULL, NULL, 0 },\n};\n");
}

int main(int argc, char **argv)
{
	FILE *out;
	int ret = 0;

	if (argc < 4) {
		fprintf(stderr, "usage: embed OUTPUT ARRAY FILE...\n");
		return 2;
	}
	out = fopen(argv[1], "wb");
	if (!out)
		return fail(argv[1]) < 0;
	fprintf(out, "/* Made by embed.c; edit the files it was made from. */\n");
	fprintf(out, "#include \"embed.h\"\n\n");
	for (int i = 3; i < argc && ret == 0; i++)
		ret = put_bytes(out, argv[i], i - 3);
	put_table(out, argv[2], argv + 3, argc - 3);
	if (ferror(out) || fclose(out) != 0)
		ret = fail(argv[1]);
	return ret < 0;
}
