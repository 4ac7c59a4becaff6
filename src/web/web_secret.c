/* web_secret.c - what nobody may guess: tokens out of the kernel's random
 * numbers, passwords as libxcrypt's salted hashes, compared in constant time.
 */
#include <crypt.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "dear/err.h"
#include "dear/mem.h"

#include "web_internal.h"

enum { PASSWORD_LEAST = 8, NAME_MOST = 60 };

/* What a name that is not in the file is compared with: a hash of nothing. */
#define NOBODY "$y$j9T$9f9mOX1dXNoQ5sPIQC3Op.$6a6v3n1i4wGqkL0N1Y4b9ZzKxQyC5b1dPqHc1wYvJk4"

void web_secret_make(char out[WEB_TOKEN_CHARS])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[WEB_TOKEN_BYTES];

	/* Short reads don't happen at this size; without randomness there is no
	 * lock, and so no desk. */
	while (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		if (errno != EINTR)
			mem_die();
	for (size_t i = 0; i < WEB_TOKEN_BYTES; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * WEB_TOKEN_BYTES] = '\0';
	explicit_bzero(bytes, sizeof(bytes));
}

bool web_secret_equal(const char *a, const char *b)
{
	size_t len = strlen(a), len_b = b ? strlen(b) : 0;
	volatile unsigned char difference = (unsigned char)(len != len_b || len == 0);

	for (size_t i = 0; i < len; i++)
		difference |= (unsigned char)(a[i] ^ (i < len_b ? b[i] : 0));
	return difference == 0;
}

/* The hash that stands for a name, copied; NULL when there is none. */
static char *find_hash(const char *passwords, const char *name)
{
	size_t len = strlen(name);

	for (const char *line = passwords; line && *line;) {
		size_t n = strcspn(line, "\r\n");

		if (len > 0 && n > len && line[len] == ':' && !strncmp(line, name, len))
			return mem_strndup(line + len + 1, n - len - 1);
		line += n;
		line += strspn(line, "\r\n");
	}
	return NULL;
}

bool web_secret_password(const char *passwords, const char *name, const char *password)
{
	struct crypt_data *data = mem_alloc(sizeof(*data));
	char *hash = find_hash(passwords, name);
	const char *made = crypt_r(password, hash ? hash : NOBODY, data);
	/* A failed hashing begins with "*", which no hash in the file does. */
	bool same = made && *made != '*' && hash && web_secret_equal(hash, made);

	explicit_bzero(data, sizeof(*data));
	free(data);
	free(hash);
	return same;
}

static bool is_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= NAME_MOST && !strpbrk(name, ":\r\n\t");
}

int web_password_line(const char *name, const char *password, struct buf *out, struct err *err)
{
	struct crypt_data *data;
	char setting[CRYPT_GENSALT_OUTPUT_SIZE];
	const char *made;

	if (!is_name(name))
		return err_set(err, ERR_USAGE, NULL, 0, "a name has no colon, and is not empty");
	if (strlen(password) < PASSWORD_LEAST)
		return err_set(err, ERR_USAGE, NULL, 0,
			       "the password is too short: %d characters at least", PASSWORD_LEAST);
	/* No prefix: the strongest method the system has; no bytes: it draws its own. */
	if (!crypt_gensalt_rn(NULL, 0, NULL, 0, setting, sizeof(setting)))
		return err_set(err, ERR_IO, NULL, 0, "no salt: %s", strerror(errno));
	data = mem_alloc(sizeof(*data));
	made = crypt_r(password, setting, data);
	if (made && *made != '*')
		buf_printf(out, "%s:%s\n", name, made);
	else
		err_set(err, ERR_IO, NULL, 0, "the password can't be hashed");
	explicit_bzero(data, sizeof(*data));
	free(data);
	return err->code ? -1 : 0;
}
