/*
 * A file is what its content is; its name changes nothing.
 */
#include "reader/sniff.h"
#include "support/test.h"

#define CASE(type, content)                        \
	{                                          \
		type, content, sizeof(content) - 1 \
	}

struct sample {
	const char *type;
	const char *content;
	size_t size;
};

#define EDXML "application/vnd.vn.edxml+xml"

/* clang-format off */
static const struct sample samples[] = {
	CASE("application/x-empty", ""),
	CASE("application/pdf", "%PDF-1.4\n"),
	CASE("application/pdf", "junk before\r\n%PDF-1.7"),
	CASE("image/jpeg", "\xff\xd8\xff\xe0..JFIF"),
	CASE("image/png", "\x89PNG\r\n\x1a\n...."),
	CASE("image/tiff", "II*\0...."),
	CASE("image/tiff", "MM\0*...."),
	CASE("application/rtf", "{\\rtf1\\ansi}"),
	CASE("application/vnd.rar", "Rar!\x1a\x07\x01\0"),
	CASE("application/x-7z-compressed", "7z\xbc\xaf\x27\x1c.."),
	CASE("application/zip", "PK\x03\x04........................."),
	CASE("application/zip", "PK\x05\x06\0\0\0\0"),
	CASE("application/vnd.ms-tnef", "\x78\x9f\x3e\x22\x01\0"),
	CASE("application/msword", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."
	     "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"),
	CASE("application/vnd.ms-excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."
	     "W\0o\0r\0k\0b\0o\0o\0k\0\0\0"),
	CASE("application/x-ole-storage", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.."),
	CASE("application/pkcs7-mime", "\x30\x80\x06\x09\x2a\x86\x48\x86\xf7"
	     "\x0d\x01\x07\x02\xa0\x80"),
	CASE("application/pkcs7-mime", "-----BEGIN PKCS7-----\nMIIB"),
	CASE("text/html", "\xef\xbb\xbf\r\n <HTML><body>a"),
	CASE("text/html", "<!DOCTYPE html><p>a"),
	CASE("text/html", "<?xml version='1.0'?><html>"),
	CASE(EDXML, "<?xml version='1.0'?><edXML xmlns='a'>"),
	CASE(EDXML, "1212<?xml version='1.0'?><edXML>"),
	CASE(EDXML, "<edXML:edXMLEnvelope>"),
	CASE(EDXML, "<EdXMLEnvelope xmlns='http://www.go.vn/eDoc'>"),
	CASE("application/xml", "<?xml version='1.0'?><a/>"),
	CASE("image/svg+xml", "<?xml version='1.0'?><svg>"),
	CASE("message/rfc822", "Received: from a\r\nFrom: b\r\n\r\nc"),
	CASE("message/rfc822", "From: a@b\nTo: c@d\nSubject: e\n\nf"),
	CASE("text/plain", "From: here we go\n"),
	CASE("text/plain", "K\xc3\xadnh g\xe1\xbb\xadi"),
	CASE("text/plain", "C\xe9ng ho\xb5 x\xb7 h\xe9i"),
	CASE("text/plain", "\xff\xfe" "a\0b\0"),
	CASE("text/calendar", "BEGIN:VCALENDAR\r\n"),
	CASE("application/octet-stream", "\x01\x02\0\x03\x04"),
	CASE("application/x-msdownload", "MZ\x90\0\x03\0\0\0")
};
/* clang-format on */

static void types_are_found_by_content(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		const struct bytes content = {
			(const unsigned char *)samples[i].content,
			samples[i].size
		};

		assert_string_equal(sniff_type(content, "a.docx"),
				    samples[i].type);
		assert_string_equal(sniff_type(content, NULL),
				    samples[i].type);
	}
}

static void every_type_is_of_the_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		const char *type = samples[i].type;

		/* a type that is read has a name for people */
		assert_true(sniff_reader(type) == SNIFF_NONE ||
			    sniff_format(type) != NULL);
	}
	assert_int_equal(sniff_reader("application/pdf"), SNIFF_PDF);
	assert_int_equal(sniff_reader("no/such"), SNIFF_NONE);
	assert_null(sniff_format("no/such"));
}

static void only_text_listens_to_its_name(void **state)
{
	(void)state;
	assert_string_equal(sniff_type(bytes_of("a,b\n1,2\n"), "x.CSV"),
			    "text/csv");
	assert_string_equal(sniff_type(bytes_of("%PDF-1.4"), "x.csv"),
			    "application/pdf");
}

/* Every beginning of every sample is looked at without a step beyond. */
static void short_content_is_safe(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		for (size_t size = 0; size < samples[i].size; size++) {
			unsigned char *copy = malloc(size + 1);

			memcpy(copy, samples[i].content, size);
			assert_non_null(sniff_type(
				(struct bytes){ copy, size }, "a"));
			free(copy);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_are_found_by_content),
		cmocka_unit_test(every_type_is_of_the_table),
		cmocka_unit_test(only_text_listens_to_its_name),
		cmocka_unit_test(short_content_is_safe)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
