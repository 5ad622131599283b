/*
 * A signature covers the bytes before and behind it. When its file was saved
 * again behind that, it is "changed", unless the next signature, which holds,
 * covers the addition: so a director signs first and the agency after him.
 *
 * The chain is checked for the time that the signature states, without asking
 * anybody for revocations: nothing leaves the jail.
 */
#include "reader/pdf_signature.h"
#include "reader/pdf_certificate.h"
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

enum {
	SIGNATURE_MAX = 1024 * 1024, /* bytes of DER */
	TAIL_MAX = 2		     /* line ends after the last byte */
};

struct signing {
	const struct pdf_signed_range *range;
	struct bytes content;
	CMS_ContentInfo *message;
	CMS_SignerInfo *signer;
	X509 *certificate;
	unsigned char *bytes; /* both parts in one */
	size_t size;
};

static int digit_of(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void pdf_signature_open(const char *folder)
{
	/* what the library keeps in files, and its algorithms */
	(void)OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CRYPTO_STRINGS |
					  OPENSSL_INIT_ADD_ALL_DIGESTS |
					  OPENSSL_INIT_ADD_ALL_CIPHERS |
					  OPENSSL_INIT_LOAD_CONFIG,
				  NULL);
	pdf_certificate_open(folder);
}

void pdf_signature_close(void)
{
	pdf_certificate_close();
}

/* The hole between the parts holds <3082…00> and nothing else: what hides
 * there is signed by nobody. Empty when it does. */
static struct bytes read_hole(const struct signing *signing,
			      struct arena *arena)
{
	const struct pdf_signed_range *range = signing->range;
	struct bytes hole = bytes_part(signing->content, range->first_size,
				       range->second_start);
	unsigned char *der = arena_alloc(arena, hole.size / 2 + 1);
	size_t digits = 0;

	if (hole.size < 2 || hole.data[0] != '<' ||
	    hole.data[hole.size - 1] != '>')
		return (struct bytes){ 0 };
	for (size_t i = 1; i + 1 < hole.size; i++) {
		int digit = digit_of(hole.data[i]);

		if (digit < 0)
			return (struct bytes){ 0 };
		der[digits / 2] |=
			(unsigned char)(digits % 2 ? digit : digit << 4);
		digits++;
	}
	return (struct bytes){ der, digits / 2 };
}

static bool has_shape(const struct signing *signing)
{
	const struct pdf_signed_range *range = signing->range;
	size_t size = signing->content.size;

	return range->first_size > 0 &&
	       range->first_size < range->second_start &&
	       range->second_start <= size &&
	       range->second_size <= size - range->second_start &&
	       range->second_start - range->first_size <= SIGNATURE_MAX * 2;
}

static size_t end_of(const struct pdf_signed_range *range)
{
	return range->second_start + range->second_size;
}

static void copy_parts(struct signing *signing)
{
	const struct pdf_signed_range *range = signing->range;

	signing->size = range->first_size + range->second_size;
	signing->bytes = memory_alloc(signing->size + 1);
	memcpy(signing->bytes, signing->content.data, range->first_size);
	memcpy(signing->bytes + range->first_size,
	       signing->content.data + range->second_start,
	       range->second_size);
}

/* adbe.pkcs7.sha1: the message carries the digest of the file. */
static bool carries_digest(const struct signing *signing)
{
	ASN1_OCTET_STRING **carried = CMS_get0_content(signing->message);
	unsigned char digest[SHA_DIGEST_LENGTH];
	unsigned size = sizeof(digest);

	return carried && *carried &&
	       EVP_Digest(signing->bytes, signing->size, digest, &size,
			  EVP_sha1(), NULL) == 1 &&
	       ASN1_STRING_length(*carried) == (int)size &&
	       CRYPTO_memcmp(ASN1_STRING_get0_data(*carried), digest, size) ==
		       0;
}

static bool holds(struct signing *signing)
{
	const unsigned flags = CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY;
	bool is_detached = CMS_is_detached(signing->message) == 1;
	BIO *bytes = NULL;
	bool ok;

	copy_parts(signing);
	if (is_detached)
		bytes = BIO_new_mem_buf(signing->bytes, (int)signing->size);
	ok = CMS_verify(signing->message, NULL, NULL, bytes, NULL, flags) == 1;
	if (ok && !is_detached)
		ok = carries_digest(signing);
	BIO_free(bytes);
	memory_free(signing->bytes);
	ERR_clear_error();
	return ok;
}

static bool open_message(struct signing *signing, struct arena *arena)
{
	struct bytes der = read_hole(signing, arena);
	const unsigned char *at = der.data;
	STACK_OF(CMS_SignerInfo) * signers;

	signing->message = d2i_CMS_ContentInfo(NULL, &at, (long)der.size);
	if (!signing->message)
		return false;
	signers = CMS_get0_SignerInfos(signing->message);
	if (!signers || sk_CMS_SignerInfo_num(signers) != 1)
		return false;
	signing->signer = sk_CMS_SignerInfo_value(signers, 0);
	return true;
}

static void find_certificate(struct signing *signing)
{
	STACK_OF(X509) *all = CMS_get1_certs(signing->message);

	for (int i = 0; all && i < sk_X509_num(all); i++) {
		X509 *one = sk_X509_value(all, i);

		if (CMS_SignerInfo_cert_cmp(signing->signer, one) != 0)
			continue;
		CMS_SignerInfo_set1_signer_cert(signing->signer, one);
		X509_up_ref(one);
		signing->certificate = one;
		break;
	}
	sk_X509_pop_free(all, X509_free);
}

/* The attribute that is signed; else what the dictionary says. */
static int64_t time_of(const struct signing *signing)
{
	ASN1_OBJECT *what = OBJ_nid2obj(NID_pkcs9_signingTime);
	const ASN1_TYPE *found = NULL;
	int at = CMS_signed_get_attr_by_OBJ(signing->signer, what, -1);
	X509_ATTRIBUTE *attribute =
		at >= 0 ? CMS_signed_get_attr(signing->signer, at) : NULL;

	if (attribute)
		found = X509_ATTRIBUTE_get0_type(attribute, 0);
	if (found && (found->type == V_ASN1_UTCTIME ||
		      found->type == V_ASN1_GENERALIZEDTIME))
		return pdf_certificate_time(found->value.asn1_string);
	return pdf_certificate_date(signing->range->object);
}

static void describe(struct signing *signing, struct document *document,
		     struct document_signature *ret)
{
	if (!signing->certificate)
		return;
	ret->name = pdf_certificate_name(signing->certificate, NID_commonName,
					 document->arena);
	ret->organisation = pdf_certificate_name(
		signing->certificate, NID_organizationName, document->arena);
	ret->trusted = pdf_certificate_is_trusted(signing->certificate,
						  signing->message,
						  ret->signed_at);
}

static struct document_signature read_one(struct bytes content,
					  const struct pdf_signed_range *range,
					  struct document *document)
{
	struct document_signature ret = { .state = DOCUMENT_SIGNATURE_BROKEN };
	struct signing signing = { .range = range, .content = content };

	if (has_shape(&signing) && open_message(&signing, document->arena)) {
		find_certificate(&signing);
		ret.signed_at = time_of(&signing);
		if (signing.certificate && holds(&signing))
			ret.state = DOCUMENT_SIGNED_CHANGED;
		describe(&signing, document, &ret);
	}
	X509_free(signing.certificate);
	CMS_ContentInfo_free(signing.message);
	ERR_clear_error();
	return ret;
}

static int compare_ranges(const void *a, const void *b)
{
	size_t left = end_of(a), right = end_of(b);

	return left < right ? -1 : left > right;
}

/* From the last to the first: each vouches for the one before it. */
static void judge(struct bytes content, const struct pdf_raw *raw,
		  struct document *document)
{
	size_t vouched = content.size;

	while (vouched > 0 && content.size - vouched < TAIL_MAX &&
	       (content.data[vouched - 1] == '\n' ||
		content.data[vouched - 1] == '\r'))
		vouched--;
	for (size_t i = raw->range_count; i-- > 0;) {
		struct document_signature *signature =
			&document->signatures[i];

		if (signature->state == DOCUMENT_SIGNATURE_BROKEN)
			continue;
		if (end_of(&raw->ranges[i]) < vouched)
			continue;
		signature->state = DOCUMENT_SIGNED;
		/* its own bytes are all behind the one before it */
		vouched = 0;
	}
}

void pdf_signature_read(struct bytes content, const struct pdf_raw *raw,
			struct document *document)
{
	if (raw->range_count == 0)
		return;
	qsort(raw->ranges, raw->range_count, sizeof(*raw->ranges),
	      compare_ranges);
	document->signatures = arena_array(document->arena, raw->range_count,
					   sizeof(*document->signatures));
	document->signature_count = raw->range_count;
	for (size_t i = 0; i < raw->range_count; i++)
		document->signatures[i] =
			read_one(content, &raw->ranges[i], document);
	judge(content, raw, document);
}
