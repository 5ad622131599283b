/*
 * What mail programs wrap letters and files in comes off: winmail.dat and
 * signed data.
 */
#include "reader/html.h"
#include "reader/mail.h"
#include "reading.h"

struct stream {
	unsigned char at[4096];
	size_t size;
};

static void add(struct stream *stream, const void *content, size_t size)
{
	assert_true(stream->size + size <= sizeof(stream->at));
	memcpy(stream->at + stream->size, content, size);
	stream->size += size;
}

static void add_number(struct stream *stream, unsigned long number,
		       size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)(number >> 8 * i & 0xff);

		add(stream, &byte, 1);
	}
}

static struct bytes bytes_in(const struct stream *stream)
{
	return (struct bytes){ stream->at, stream->size };
}

/* TNEF. */

static void add_attribute(struct stream *stream, unsigned long id,
			  const void *content, size_t size)
{
	add(stream, id >= 0x18000 ? "\x02" : "\x01", 1);
	add_number(stream, id, 4);
	add_number(stream, size, 4);
	add(stream, content, size);
	add_number(stream, 0, 2);
}

static void add_property(struct stream *stream, unsigned type, unsigned id,
			 const void *value, size_t size)
{
	add_number(stream, type, 2);
	add_number(stream, id, 2);
	add_number(stream, 1, 4);
	add_number(stream, size, 4);
	add(stream, value, size);
	add(stream, "\0\0\0", (4 - size % 4) % 4);
}

static struct stream make_tnef(void)
{
	struct stream stream = { .size = 0 }, properties = { .size = 0 };

	add(&stream, "\x78\x9f\x3e\x22\x01\x00", 6);
	add_attribute(&stream, 0x2800c, "Xin chao\n", 10);
	add_attribute(&stream, 0x69002, "..............", 14);
	add_attribute(&stream, 0x18010, "BAOCAO~1.TXT", 13);
	add_attribute(&stream, 0x6800f, "abc", 3);
	add_number(&properties, 3, 4);
	add_number(&properties, 0x0003, 2); /* a number */
	add_number(&properties, 0x3705, 2);
	add_number(&properties, 1, 4);
	/* one with a name of its own */
	add_number(&properties, 0x0003, 2);
	add_number(&properties, 0x8001, 2);
	add(&properties, "0123456789abcdef", 16);
	add_number(&properties, 1, 4);
	add_number(&properties, 4, 4);
	add(&properties, "a\0b\0", 4);
	add_number(&properties, 7, 4);
	/* "b\u1ea3o c\u00e1o.txt" in UTF-16 */
	add_property(&properties, 0x1f, 0x3707,
		     "b\0\xa3\x1eo\0 \0c\0\xe1\0o\0.\0t\0x\0t\0\0\0", 24);
	add_attribute(&stream, 0x69005, properties.at, properties.size);
	add_attribute(&stream, 0x69002, "..............", 14);
	add_attribute(&stream, 0x6800f, "%PDF-1.4", 8);
	return stream;
}

static void files_of_winmail_come_out(void **state)
{
	struct stream stream = make_tnef();
	struct reading reading = read_content(bytes_in(&stream), "x.dat");

	(void)state;
	assert_string_equal(reading.document.format, "tnef");
	assert_null(reading.document.reason);
	assert_int_equal(reading.document.member_count, 2);
	assert_string_equal(reading.document.members[0].name, "bảo cáo.txt");
	assert_string_equal(reading_member(&reading, 0), "abc");
	assert_null(reading.document.members[1].name);
	assert_string_equal(reading.document.members[1].type,
			    "application/pdf");
	assert_string_equal(reading.document.text, "Xin chao\n");
	reading_done(&reading);
}

static void a_body_in_html_is_text(void **state)
{
	struct stream stream = { .size = 0 }, properties = { .size = 0 };
	struct reading reading;

	(void)state;
	html_open();
	add(&stream, "\x78\x9f\x3e\x22\x01\x00", 6);
	add_number(&properties, 1, 4);
	add_property(&properties, 0x102, 0x1013, "<p>Xin <b>chao</b>", 18);
	add_attribute(&stream, 0x69003, properties.at, properties.size);
	reading = read_content(bytes_in(&stream), NULL);
	assert_string_equal(reading.document.text, "Xin chao\n");
	reading_done(&reading);
}

static void every_beginning_of_winmail_is_safe(void **state)
{
	struct stream stream = make_tnef();

	(void)state;
	for (size_t size = 4; size < stream.size; size++) {
		unsigned char *copy = malloc(size);
		struct reading reading;

		memcpy(copy, stream.at, size);
		reading = read_content((struct bytes){ copy, size }, NULL);
		reading_done(&reading);
		free(copy);
	}
	/* sizes that lie */
	for (size_t i = 6; i + 4 < stream.size; i++) {
		struct stream lie = stream;
		struct reading reading;

		memset(lie.at + i, 0xff, 4);
		reading = read_content(bytes_in(&lie), NULL);
		reading_done(&reading);
	}
}

/* PKCS 7. */

#define DATA_TYPE "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
#define SIGNED_TYPE "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
#define SEALED_TYPE "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"
#define VERSION "\x02\x01\x01"
#define NO_DIGESTS "\x31\x00"
#define BYTES(text) ((struct bytes){ (const unsigned char *)(text), \
				     sizeof(text) - 1 })

static void signed_content_comes_out(void **state)
{
	/* lengths that are said, and lengths that are not, in parts */
	const struct bytes made[] = {
		BYTES("\x30\x29" SIGNED_TYPE "\xa0\x1c\x30\x1a" VERSION
			      NO_DIGESTS "\x30\x13" DATA_TYPE "\xa0\x06\x04\x04"
		      "abcd\x31"),
		BYTES("\x30\x80" SIGNED_TYPE "\xa0\x80\x30\x80" VERSION
			      NO_DIGESTS "\x30\x80" DATA_TYPE "\xa0\x80\x24\x80"
		      "\x04\x02"
		      "ab\x04\x02"
		      "cd\0\0\0\0\0\0\x31\0\0\0\0\0\0\0")
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct reading reading =
			read_content(made[i], "don.txt.p7m");

		assert_string_equal(reading.document.format, "p7m");
		assert_null(reading.document.reason);
		assert_int_equal(reading.document.member_count, 1);
		assert_string_equal(reading.document.members[0].name,
				    "don.txt");
		assert_string_equal(reading_member(&reading, 0), "abcd");
		reading_done(&reading);
	}
}

static void sealed_content_is_named(void **state)
{
	struct reading reading = read_content(
		BYTES("\x30\x80" SEALED_TYPE "\xa0\x80\0\0\0\0"), NULL);

	(void)state;
	assert_string_equal(reading.document.reason, "encrypted");
	reading_done(&reading);
	reading = read_content(BYTES("\x30\x80" SIGNED_TYPE "\xa0\x05\x01"),
			       NULL);
	assert_string_equal(reading.document.reason, "damaged");
	reading_done(&reading);
	reading = read_content(
		BYTES("\x30\x80" SIGNED_TYPE "\xa0\x80\x30\x80" VERSION
			      NO_DIGESTS "\x30\x0b" DATA_TYPE
		      "\x31\0\0\0\0\0\0\0"),
		NULL);
	assert_null(reading.document.reason);
	assert_true(reading_has_flag(&reading, "detached_signature"));
	reading_done(&reading);
}

/* A page that Word saved as one file and called .doc. */
static void a_saved_page_is_read(void **state)
{
	struct reading reading;

	(void)state;
	mail_open();
	reading = read_content(
		BYTES("MIME-Version: 1.0\r\n"
		      "Content-Type: multipart/related; boundary=\"b\"\r\n"
		      "\r\n"
		      "--b\r\n"
		      "Content-Type: text/html; charset=utf-8\r\n"
		      "\r\n"
		      "<html><p>S\xe1\xbb\x91: 12/Q\xc4\x90</html>\r\n"
		      "--b\r\n"
		      "Content-Type: image/png; name=\"a.png\"\r\n"
		      "Content-Transfer-Encoding: base64\r\n"
		      "Content-Disposition: attachment\r\n"
		      "\r\n"
		      "YWJj\r\n"
		      "--b--\r\n"),
		"vb.doc");
	assert_string_equal(reading.document.format, "eml");
	assert_null(reading.document.reason);
	assert_string_equal(reading.document.text, "Số: 12/QĐ\n");
	assert_int_equal(reading.document.member_count, 1);
	assert_string_equal(reading.document.members[0].name, "a.png");
	assert_string_equal(reading_member(&reading, 0), "abc");
	reading_done(&reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_winmail_come_out),
		cmocka_unit_test(a_body_in_html_is_text),
		cmocka_unit_test(every_beginning_of_winmail_is_safe),
		cmocka_unit_test(signed_content_comes_out),
		cmocka_unit_test(sealed_content_is_named),
		cmocka_unit_test(a_saved_page_is_read)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
