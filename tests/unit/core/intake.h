/*
 * A register with one mailbox under lease, and letters to put into it.
 */
#pragma once
#include "base/secret.h"
#include "base/text.h"
#include "core/letter.h"
#include "core/mailbox.h"
#include "core/mailbox_import.h"
#include "core/verify.h"
#include "store/vault.h"
#include "store/writer.h"
/* last: it brings a macro called fail */
#include "unit/store/folder.h"

struct intake {
	char path[64];
	struct store *store;
	struct db *db;
	int64_t mailbox;
	const char *lease;
	struct arena *arena;
	char public_key[SECRET_KEY_HEX_SIZE];
	char private_key[SECRET_KEY_HEX_SIZE];
};

static const char intake_csv[] =
	"address,host,port,security,user,password,unit,folders,keep\n"
	"vanthu@tinh.vn,mail.tinh.vn,993,tls,vanthu,\"mật,khẩu\",VP,,\n";

/* The file as the command imports it. */
static inline bool intake_import(struct db *db, const char *csv,
				 const char *public_key, int64_t *ret_count,
				 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const struct mailbox_import import = {
		.actor = { .name = "registry mailbox import" },
		.csv = bytes_of(csv),
		.public_key = public_key,
		.apply = true,
	};
	struct mailbox_import_result result;

	if (!mailbox_import(db, &import, arena, &result, why))
		return false;
	*ret_count = (int64_t)result.count;
	return true;
}

static inline void intake_lease(struct intake *intake)
{
	const struct mailbox_lease_request request = { "test", 300, 10 };
	struct mailbox_lease_list list = { 0 };
	struct fail why = { 0 };

	assert_true(mailbox_lease(intake->db, &request, intake->arena, &list,
				  &why));
	assert_true(list.count >= 1);
	intake->mailbox = list.items[0].mailbox.id;
	intake->lease = list.items[0].token;
}

static inline void intake_open(struct intake *intake)
{
	struct fail why = { 0 };
	int64_t count = 0;

	memset(intake, 0, sizeof(*intake));
	secret_open();
	memcpy(intake->path, test_folder(), sizeof(intake->path));
	intake->store = folder_store(intake->path);
	intake->db = store_writer(intake->store);
	intake->arena = arena_create(0);
	secret_make_keys(intake->public_key, intake->private_key);
	assert_true(intake_import(intake->db, intake_csv,
				  intake->public_key, &count, &why));
	assert_int_equal(count, 1);
	intake_lease(intake);
}

static inline void intake_close(struct intake *intake)
{
	arena_destroy(&intake->arena);
	store_close(&intake->store);
	folder_remove(intake->path);
}

static inline struct letter_put intake_put(struct intake *intake, int64_t uid,
					   const char *content)
{
	struct letter_put put = {
		.mailbox_id = intake->mailbox,
		.lease = intake->lease,
		.folder = "INBOX",
		.uidvalidity = 1,
		.uid = uid,
		.internaldate = 1700000000 + uid,
		.bytes = (int64_t)strlen(content),
	};
	struct fail why = { 0 };

	assert_true(vault_add(store_vault(intake->store), content,
			      strlen(content), &put.digest, &why));
	return put;
}

static inline enum letter_taken intake_take(struct intake *intake,
					    const struct letter_put *put,
					    int64_t *ret_id)
{
	enum letter_taken taken = LETTER_NEW;
	struct fail why = { 0 };

	if (!letter_take(intake->db, put, &taken, ret_id, &why)) {
		fprintf(stderr, "%s\n", why.sentence);
		assert_true(false);
	}
	return taken;
}

static inline void intake_say(void *context, const char *sentence)
{
	struct text *text = context;

	if (strncmp(sentence, "orphan", 6) != 0) {
		text_add(text, sentence);
		text_add(text, "\n");
	}
}

/* What verify finds, as one text. */
static inline int64_t intake_verify(struct intake *intake, struct text *found)
{
	struct verify_report report = { intake_say, found, 0, 0 };
	struct fail why = { 0 };

	assert_true(verify_all(intake->db, store_vault(intake->store), &report,
			       &why));
	assert_true(report.checked > 0);
	return report.wrong;
}
