/*
 * Certificates: whose they are, and whether the agency trusts them.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include <openssl/cms.h>
#include <openssl/x509.h>
#include <stdint.h>

/* As pdf_signature_open() says. */
void pdf_certificate_open(const char *folder);
void pdf_certificate_close(void);

/* One field of the subject; NULL: it has none. */
const char *pdf_certificate_name(X509 *certificate, int field,
				 struct arena *arena);
/* Whether its chain ends at an authority of the agency and was good at the
 * moment; 0: now. Others of the message help to build the chain. */
bool pdf_certificate_is_trusted(X509 *certificate, CMS_ContentInfo *message,
				int64_t moment);
int64_t pdf_certificate_time(const ASN1_STRING *time); /* 0: it is none */
/* Of "/M(D:20240216154055+07'00')" in a dictionary; 0: it has none. */
int64_t pdf_certificate_date(struct bytes dictionary);
