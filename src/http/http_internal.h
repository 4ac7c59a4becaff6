/* http_internal.h - what the two files of src/http share. */
#ifndef DEAR_HTTP_INTERNAL_H
#define DEAR_HTTP_INTERNAL_H

#include <stdbool.h>

struct err;

/* Whether dear may go there at all: https; http to this machine, or anywhere
 * when insecure; no password in the address. -1 with ERR_USAGE. */
int http_url_check(const char *url, bool insecure, struct err *err);
bool http_url_local(const char *url);
/* From http to https on one host: what a site may ask without being another. */
bool http_url_upgrade(const char *from, const char *to);

#endif
