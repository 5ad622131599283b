#include "imap/trust.h"
#include "base/arena.h"
#include "imap/trust_private.h"

/* The cheap ones first: a handshake with P-384 costs several times one with
 * X25519, and 300 mailboxes are looked at again and again. */
static const char priorities[] =
	"SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
	":-GROUP-ALL:+GROUP-X25519:+GROUP-SECP256R1:+GROUP-SECP384R1"
	":+GROUP-FFDHE2048:+GROUP-FFDHE3072"
	":-CIPHER-ALL:+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305";

static bool load(struct trust *trust, const char *ca_file, struct fail *why)
{
	const char *reason = "the file holds none";
	int count;

	if (ca_file)
		count = gnutls_certificate_set_x509_trust_file(
			trust->credentials, ca_file, GNUTLS_X509_FMT_PEM);
	else
		count = gnutls_certificate_set_x509_system_trust(
			trust->credentials);
	if (count > 0)
		return true;
	if (count < 0)
		reason = gnutls_strerror(count);
	if (ca_file)
		return fail(why, FAIL_INVALID,
			    "no certificate could be read from '%s': %s",
			    ca_file, reason);
	return fail(why, FAIL_BROKEN,
		    "the system has no trusted certificates; install "
		    "ca-certificates or name a file with --ca");
}

struct trust *trust_create(const char *ca_file, struct fail *why)
{
	struct trust *trust = memory_alloc(sizeof(*trust));
	const char *bad;

	if (gnutls_certificate_allocate_credentials(&trust->credentials) < 0 ||
	    gnutls_priority_init(&trust->priority, priorities, &bad) < 0) {
		fail(why, FAIL_BROKEN, "TLS cannot be set up");
		trust_destroy(&trust);
		return NULL;
	}
	if (!load(trust, ca_file, why))
		trust_destroy(&trust);
	return trust;
}

void trust_destroy(struct trust **trust)
{
	struct trust *gone = *trust;

	if (!gone)
		return;
	if (gone->credentials)
		gnutls_certificate_free_credentials(gone->credentials);
	if (gone->priority)
		gnutls_priority_deinit(gone->priority);
	memory_free(gone);
	*trust = NULL;
}
