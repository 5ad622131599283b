/*
 * The vault: files by their SHA-256, written once, never changed.
 *
 * DIR/vault/ab/cdef…; what is being written is in DIR/vault/new/. Any thread
 * may upload; what is finished is durable after the next vault_flush, which
 * the writer calls before it commits.
 */
#pragma once
#include "base/digest.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct vault;
struct vault_upload;

struct vault *vault_open(const char *folder, bool create, struct fail *why);
void vault_close(struct vault **vault); /* accepts NULL, leaves NULL */

struct vault_upload *vault_upload_begin(struct vault *vault, struct fail *why);
bool vault_upload_add(struct vault_upload *upload, const void *data,
		      size_t size, struct fail *why);
/* Puts the content in its place and ends the upload, also when it fails.
 * Content that is there already is read back and kept. */
bool vault_upload_finish(struct vault_upload **upload,
			 struct digest *ret_digest, int64_t *ret_size,
			 struct fail *why);
void vault_upload_abort(struct vault_upload **upload); /* accepts NULL */
#define auto_upload \
	__attribute__((cleanup(vault_upload_abort))) struct vault_upload
/* The whole content at once. */
bool vault_add(struct vault *vault, const void *data, size_t size,
	       struct digest *ret_digest, struct fail *why);
/* The same for a content whose digest the caller has just taken itself. */
bool vault_add_known(struct vault *vault, const void *data, size_t size,
		     const struct digest *digest, struct fail *why);

/* Makes everything finished durable. Ends the process when the disk says that
 * it lost something. */
bool vault_flush(struct vault *vault, struct fail *why);

/* Read-only descriptor, or -1: FAIL_NOT_FOUND. */
int vault_open_file(struct vault *vault, const struct digest *digest,
		    struct fail *why);
bool vault_has(struct vault *vault, const struct digest *digest);
/* Reads the content back: FAIL_NOT_FOUND, or FAIL_BROKEN "vault.damaged". */
bool vault_check(struct vault *vault, const struct digest *digest,
		 int64_t *ret_size, struct fail *why);
/* Every file, in no order; stops when `each` gives false. Names that do not
 * belong there are given with a NULL digest. */
bool vault_list(struct vault *vault,
		bool (*each)(void *context, const struct digest *digest,
			     const char *path, struct fail *why),
		void *context, struct fail *why);
const char *vault_folder(const struct vault *vault);
