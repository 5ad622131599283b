#include "reader/pdf_certificate.h"
#include "base/descriptor.h"
#include "base/moment.h"
#include "base/text.h"
#include "viet/fold.h"
#include <dirent.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <string.h>
#include <time.h>

enum {
	FILE_MAX = 1024 * 1024,
	NAME_BYTES_MAX = 1000,
	SECONDS_OF_DAY = 24 * 60 * 60
};

static X509_STORE *authorities;

/* One certificate in DER, or many in PEM. */
static void add_file(const char *path)
{
	auto_arena *arena = arena_create(FILE_MAX * 2);
	struct fail ignored;
	struct bytes content;
	const unsigned char *at;
	X509 *found;
	BIO *text;

	if (!descriptor_read_file(path, FILE_MAX, arena, &content, &ignored))
		return;
	at = content.data;
	found = d2i_X509(NULL, &at, (long)content.size);
	if (found) {
		(void)X509_STORE_add_cert(authorities, found);
		X509_free(found);
		return;
	}
	text = BIO_new_mem_buf(content.data, (int)content.size);
	while ((found = PEM_read_bio_X509(text, NULL, NULL, NULL))) {
		(void)X509_STORE_add_cert(authorities, found);
		X509_free(found);
	}
	BIO_free(text);
}

void pdf_certificate_open(const char *folder)
{
	DIR *directory = folder && *folder ? opendir(folder) : NULL;
	const struct dirent *entry;

	authorities = X509_STORE_new();
	if (authorities)
		(void)X509_STORE_set_purpose(authorities, X509_PURPOSE_ANY);
	while (authorities && directory && (entry = readdir(directory))) {
		auto_text path = { 0 };

		if (*entry->d_name == '.')
			continue;
		text_addf(&path, "%s/%s", folder, entry->d_name);
		add_file(path.string);
	}
	if (directory)
		(void)closedir(directory);
	ERR_clear_error();
}

void pdf_certificate_close(void)
{
	X509_STORE_free(authorities);
	authorities = NULL;
}

const char *pdf_certificate_name(X509 *certificate, int field,
				 struct arena *arena)
{
	X509_NAME *subject = X509_get_subject_name(certificate);
	int at = X509_NAME_get_index_by_NID(subject, field, -1);
	unsigned char *utf8 = NULL;
	const char *name = NULL;
	int size = -1;

	if (at >= 0)
		size = ASN1_STRING_to_UTF8(
			&utf8,
			X509_NAME_ENTRY_get_data(
				X509_NAME_get_entry(subject, at)));
	if (size > 0 && size <= NAME_BYTES_MAX)
		name = viet_normal(arena_copy_part(arena, (const char *)utf8,
						   (size_t)size),
				   arena);
	OPENSSL_free(utf8);
	return name && *name ? name : NULL;
}

bool pdf_certificate_is_trusted(X509 *certificate, CMS_ContentInfo *message,
				int64_t moment)
{
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	STACK_OF(X509) *others = CMS_get1_certs(message);
	bool ok = false;

	if (authorities && context &&
	    X509_STORE_CTX_init(context, authorities, certificate, others)) {
		if (moment)
			X509_STORE_CTX_set_time(context, 0, (time_t)moment);
		ok = X509_verify_cert(context) == 1;
	}
	X509_STORE_CTX_free(context);
	sk_X509_pop_free(others, X509_free);
	ERR_clear_error();
	return ok;
}

int64_t pdf_certificate_time(const ASN1_STRING *time)
{
	struct tm fields;
	struct day day;

	if (ASN1_TIME_to_tm(time, &fields) != 1)
		return 0;
	day = (struct day){ fields.tm_year + 1900, fields.tm_mon + 1,
			    fields.tm_mday };
	return day_number(day) * SECONDS_OF_DAY + fields.tm_hour * 3600 +
	       fields.tm_min * 60 + fields.tm_sec;
}

/* Exactly `count` digits. */
static bool read_digits(struct bytes text, size_t *at, size_t count, int *ret)
{
	int number = 0;

	for (size_t i = 0; i < count; i++, (*at)++) {
		if (*at >= text.size || text.data[*at] < '0' ||
		    text.data[*at] > '9')
			return false;
		number = number * 10 + (text.data[*at] - '0');
	}
	*ret = number;
	return true;
}

/* "+07'00'": seconds to take away. */
static int64_t read_zone(struct bytes text, size_t at)
{
	int sign = 0, hours = 0, minutes = 0;

	if (at < text.size && text.data[at] == '+')
		sign = 1;
	if (at < text.size && text.data[at] == '-')
		sign = -1;
	at++;
	if (sign == 0 || !read_digits(text, &at, 2, &hours))
		return 0;
	at++;
	if (!read_digits(text, &at, 2, &minutes))
		minutes = 0;
	return sign * (hours * 3600 + minutes * 60);
}

int64_t pdf_certificate_date(struct bytes dictionary)
{
	size_t at = bytes_find(dictionary, bytes_of("(D:"), 0) + 3;
	int hour = 0, minute = 0, second = 0;
	struct day day;

	if (!read_digits(dictionary, &at, 4, &day.year) ||
	    !read_digits(dictionary, &at, 2, &day.month) ||
	    !read_digits(dictionary, &at, 2, &day.day) ||
	    !day_is_valid(day))
		return 0;
	if (!read_digits(dictionary, &at, 2, &hour) ||
	    !read_digits(dictionary, &at, 2, &minute) ||
	    !read_digits(dictionary, &at, 2, &second))
		return 0;
	return day_number(day) * SECONDS_OF_DAY + hour * 3600 + minute * 60 +
	       second - read_zone(dictionary, at);
}
