/* Signatures: what holds, what was changed, who is trusted. */
#include "reader/document.h"
#include "reader/pdf.h"
#include "reader/pdf_signature.h"
#include "support/pdf.h"
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
/* last: it brings a macro called fail */
#include "support/test.h"

enum {
	HOLE = 8000, /* hexadecimal digits */
	SIGNED_AT = 1708072855,
	FILE_MAX = 65536
};

struct identity {
	EVP_PKEY *key;
	X509 *certificate;
};

static struct identity authority, person, stranger;

static void add_name(X509_NAME *name, const char *field, const char *value)
{
	assert_int_equal(X509_NAME_add_entry_by_txt(
				 name, field, MBSTRING_UTF8,
				 (const unsigned char *)value, -1, -1, 0),
			 1);
}

static void add_extension(X509 *certificate, int kind, const char *value)
{
	X509_EXTENSION *extension =
		X509V3_EXT_conf_nid(NULL, NULL, kind, value);

	assert_non_null(extension);
	assert_int_equal(X509_add_ext(certificate, extension, -1), 1);
	X509_EXTENSION_free(extension);
}

/* Signed by `issuer`; by itself when NULL. */
static struct identity make_identity(const char *name,
				     const struct identity *issuer)
{
	struct identity made = { EVP_RSA_gen(2048), X509_new() };
	const struct identity *by = issuer ? issuer : &made;
	X509_NAME *subject = X509_get_subject_name(made.certificate);

	assert_non_null(made.key);
	(void)X509_set_version(made.certificate, 2);
	(void)ASN1_INTEGER_set(X509_get_serialNumber(made.certificate),
			       issuer ? 2 : 1);
	(void)ASN1_TIME_set(X509_getm_notBefore(made.certificate),
			    SIGNED_AT - 86400);
	(void)ASN1_TIME_set(X509_getm_notAfter(made.certificate),
			    SIGNED_AT + 86400);
	(void)X509_set_pubkey(made.certificate, made.key);
	add_name(subject, "O", "Sở Tài chính");
	add_name(subject, "CN", name);
	(void)X509_set_issuer_name(made.certificate,
				   X509_get_subject_name(by->certificate));
	add_extension(made.certificate, NID_basic_constraints,
		      issuer ? "CA:FALSE" : "critical,CA:TRUE");
	assert_true(X509_sign(made.certificate, by->key, EVP_sha256()) > 0);
	return made;
}

static int make_all(void **state)
{
	authority = make_identity("Ban Cơ yếu", NULL);
	person = make_identity("Nguyễn Văn An", &authority);
	stranger = make_identity("Người lạ", NULL);
	*state = test_folder();
	return 0;
}

static void free_identity(struct identity *identity)
{
	EVP_PKEY_free(identity->key);
	X509_free(identity->certificate);
}

static int free_all(void **state)
{
	free_identity(&authority);
	free_identity(&person);
	free_identity(&stranger);
	return rmdir(*state);
}

static const char place[] = "/ByteRange[0 0000000000 0000000000 0000000000]";

/* A file that ends with the dictionary of a signature, still empty. */
static void begin_signature(struct text *text)
{
	text_addf(text,
		  "9 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite%s"
		  "/M(D:20240216154055+07'00')/Contents<",
		  place);
	for (int i = 0; i < HOLE; i++)
		text_add_char(text, '0');
	text_add(text, ">>>\nendobj\n%%EOF\n");
}

static void put(struct text *text, size_t at, const char *what)
{
	memcpy(text->string + at, what, strlen(what));
}

static size_t last_place(const struct text *text, const char *what)
{
	size_t found = text->size;
	const struct bytes all = { (unsigned char *)text->string,
				   text->size };

	for (size_t at = bytes_find(all, bytes_of(what), 0); at < text->size;
	     at = bytes_find(all, bytes_of(what), at + 1))
		found = at;
	return found;
}

static BIO *signed_bytes(const struct text *text, size_t hole)
{
	BIO *bytes = BIO_new(BIO_s_mem());
	size_t behind = hole + HOLE + 2;

	(void)BIO_write(bytes, text->string, (int)hole);
	(void)BIO_write(bytes, text->string + behind,
			(int)(text->size - behind));
	return bytes;
}

static void write_hex(struct text *text, size_t at, CMS_ContentInfo *message)
{
	unsigned char *der = NULL;
	int size = i2d_CMS_ContentInfo(message, &der);

	assert_in_range(size, 1, HOLE / 2);
	for (int i = 0; i < size; i++) {
		auto_text digits = { 0 };

		text_addf(&digits, "%02x", der[i]);
		put(text, at + (size_t)i * 2, digits.string);
	}
	OPENSSL_free(der);
}

/* Signs everything so far, as a reader of PDF does. */
static void sign(struct text *text, const struct identity *who)
{
	const unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL;
	CMS_ContentInfo *message;
	CMS_SignerInfo *signer;
	ASN1_TIME *moment = ASN1_TIME_set(NULL, SIGNED_AT);
	auto_text range = { 0 };
	size_t hole;
	BIO *bytes;

	begin_signature(text);
	hole = last_place(text, "/Contents<") + strlen("/Contents");
	text_addf(&range, "/ByteRange[0 %010zu %010zu %010zu]", hole,
		  hole + HOLE + 2, text->size - hole - HOLE - 2);
	put(text, last_place(text, "/ByteRange"), range.string);
	bytes = signed_bytes(text, hole);
	message = CMS_sign(NULL, NULL, NULL, NULL, flags);
	signer = CMS_add1_signer(message, who->certificate, who->key,
				 EVP_sha256(), flags);
	assert_non_null(signer);
	(void)CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime,
					  V_ASN1_UTCTIME, moment, -1);
	assert_int_equal(CMS_final(message, bytes, NULL, flags), 1);
	write_hex(text, hole + 1, message);
	ASN1_TIME_free(moment);
	CMS_ContentInfo_free(message);
	BIO_free(bytes);
}

static struct document read_document(const struct text *text,
				     struct arena *arena)
{
	struct document_request request = {
		.content = { (const unsigned char *)text->string, text->size }
	};
	struct document document = { .arena = arena };
	struct fail why = { 0 };

	if (!pdf_read(&request, &document, &why))
		fail_msg("%s", why.sentence);
	return document;
}

static void make_file(struct pdf_maker *maker)
{
	pdf_begin(maker);
	pdf_add_page(maker, "", "BT /F 12 Tf 50 800 Td (Hello) Tj ET");
	pdf_end(maker, "/Root 1 0 R");
}

static void trust_authority(const char *folder)
{
	auto_text path = { 0 };
	FILE *file;

	text_addf(&path, "%s/authority.pem", folder);
	file = fopen(path.string, "w");
	assert_non_null(file);
	assert_int_equal(PEM_write_X509(file, authority.certificate), 1);
	(void)fclose(file);
	pdf_signature_open(folder);
	(void)unlink(path.string);
}

static void test_signed_file_holds(void **state)
{
	auto_arena *arena = arena_create(0);
	struct pdf_maker maker;
	struct document document;

	trust_authority(*state);
	make_file(&maker);
	sign(&maker.text, &person);
	document = read_document(&maker.text, arena);
	assert_int_equal(document.signature_count, 1);
	assert_int_equal(document.signatures[0].state, DOCUMENT_SIGNED);
	assert_string_equal(document.signatures[0].name, "Nguyễn Văn An");
	assert_string_equal(document.signatures[0].organisation,
			    "Sở Tài chính");
	assert_int_equal(document.signatures[0].signed_at, SIGNED_AT);
	assert_true(document.signatures[0].trusted);
	assert_string_equal(document.text, "Hello");
	pdf_signature_close();
	text_done(&maker.text);
}

static void test_unsigned_file_has_none(void **state)
{
	auto_arena *arena = arena_create(0);
	struct pdf_maker maker;

	(void)state;
	make_file(&maker);
	assert_int_equal(read_document(&maker.text, arena).signature_count, 0);
	text_done(&maker.text);
}

static void test_stranger_is_not_trusted(void **state)
{
	auto_arena *arena = arena_create(0);
	struct pdf_maker maker;
	struct document document;

	trust_authority(*state);
	make_file(&maker);
	sign(&maker.text, &stranger);
	document = read_document(&maker.text, arena);
	assert_int_equal(document.signatures[0].state, DOCUMENT_SIGNED);
	assert_string_equal(document.signatures[0].name, "Người lạ");
	assert_false(document.signatures[0].trusted);
	pdf_signature_close();
	text_done(&maker.text);
}

static void test_addition_is_seen(void **state)
{
	auto_arena *arena = arena_create(0);
	struct pdf_maker maker;
	struct document document;

	(void)state;
	make_file(&maker);
	sign(&maker.text, &person);
	text_add(&maker.text,
		 "4 0 obj\n<</Length 0>>stream\n\nendstream\n"
		 "endobj\n%%EOF\n");
	document = read_document(&maker.text, arena);
	assert_int_equal(document.signatures[0].state,
			 DOCUMENT_SIGNED_CHANGED);
	text_done(&maker.text);
}

static void test_changed_byte_breaks_it(void **state)
{
	auto_arena *arena = arena_create(0);
	struct pdf_maker maker;
	struct document document;

	(void)state;
	make_file(&maker);
	sign(&maker.text, &person);
	put(&maker.text, last_place(&maker.text, "(Hello)"), "(Jello)");
	document = read_document(&maker.text, arena);
	assert_int_equal(document.signatures[0].state,
			 DOCUMENT_SIGNATURE_BROKEN);
	assert_string_equal(document.signatures[0].name, "Nguyễn Văn An");
	text_done(&maker.text);
}

/* A director signs, then the agency: both hold. */
static void test_second_signature_vouches_for_first(void **state)
{
	auto_arena *arena = arena_create(0);
	struct pdf_maker maker;
	struct document document;

	(void)state;
	make_file(&maker);
	sign(&maker.text, &person);
	sign(&maker.text, &stranger);
	document = read_document(&maker.text, arena);
	assert_int_equal(document.signature_count, 2);
	assert_int_equal(document.signatures[0].state, DOCUMENT_SIGNED);
	assert_string_equal(document.signatures[0].name, "Nguyễn Văn An");
	assert_int_equal(document.signatures[1].state, DOCUMENT_SIGNED);
	text_done(&maker.text);
}

/* What hides beside the signature is signed by nobody. */
static void test_wider_hole_is_broken(void **state)
{
	auto_arena *arena = arena_create(0);
	struct pdf_maker maker;
	struct document document;
	size_t hole;

	(void)state;
	make_file(&maker);
	sign(&maker.text, &person);
	hole = last_place(&maker.text, "/Contents<") + strlen("/Contents<");
	put(&maker.text, hole + HOLE - 40, "> /Evil(text)");
	document = read_document(&maker.text, arena);
	assert_int_equal(document.signatures[0].state,
			 DOCUMENT_SIGNATURE_BROKEN);
	text_done(&maker.text);
}

static void test_nonsense_ranges_are_broken(void **state)
{
	static const char *const ranges[] = {
		"/ByteRange[0 9999999999 9999999999 9999999999]",
		"/ByteRange[0 0000000000 0000000000 0000000000]",
		"/ByteRange[0 0000000010 0000000005 0000000001]",
		"/ByteRange[7 0000000010 0000000020 0000000001]"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		auto_arena *arena = arena_create(0);
		struct pdf_maker maker;
		struct document document;

		make_file(&maker);
		sign(&maker.text, &person);
		put(&maker.text, last_place(&maker.text, "/ByteRange"),
		    ranges[i]);
		document = read_document(&maker.text, arena);
		assert_int_equal(document.signatures[0].state,
				 DOCUMENT_SIGNATURE_BROKEN);
		assert_string_equal(document.text, "Hello");
		text_done(&maker.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_signed_file_holds),
		cmocka_unit_test(test_unsigned_file_has_none),
		cmocka_unit_test(test_stranger_is_not_trusted),
		cmocka_unit_test(test_addition_is_seen),
		cmocka_unit_test(test_changed_byte_breaks_it),
		cmocka_unit_test(test_second_signature_vouches_for_first),
		cmocka_unit_test(test_wider_hole_is_broken),
		cmocka_unit_test(test_nonsense_ranges_are_broken),
	};

	pdf_open();
	return cmocka_run_group_tests(tests, make_all, free_all);
}
