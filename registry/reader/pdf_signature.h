/*
 * Signatures of a PDF: what was signed, by whom, and whether it still holds.
 * libcrypto's home here.
 */
#pragma once
#include "reader/document.h"
#include "reader/pdf_raw.h"

/* The certificates of the authorities that the agency trusts: every PEM or
 * DER file in the folder. Before the jail closes; NULL: none are trusted. */
void pdf_signature_open(const char *folder);
void pdf_signature_close(void);

/* In the order of signing. */
void pdf_signature_read(struct bytes content, const struct pdf_raw *raw,
			struct document *document);
