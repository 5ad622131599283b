/*
 * How letters are read from their rows and grouped, for letter_*.c and part.c.
 */
#pragma once
#include "core/letter.h"

/* A letter under a UID that had another content, and one that the reader gave
 * up, carry a flag of ours beside those of the reading. */
/* clang-format off */
#define LETTER_FLAGS \
	"CASE WHEN EXISTS (SELECT 1 FROM conflict" \
	"  WHERE letter_id = letter.id)" \
	" THEN json_insert(coalesce(reading.flags, '[]'), '$[#]'," \
	"  'uid_reused')" \
	" WHEN reading.file_id IS NULL AND EXISTS (SELECT 1 FROM job" \
	"  WHERE kind = 'read_letter' AND job.file_id = letter.file_id" \
	"    AND job.state = 'failed') THEN '[\"unreadable\"]'" \
	" ELSE coalesce(reading.flags, '[]') END"

#define LETTER_SELECT \
	"SELECT letter.id, letter.mailbox_id, mailbox.address, mailbox.unit," \
	"  letter.file_id, file.sha256, file.bytes, received_at, taken_at," \
	"  (SELECT count(*) FROM letter AS copy" \
	"    WHERE copy.group_id = letter.group_id)," \
	"  letter.state, decision, entry_id, letter.reason, decided_by," \
	"  decided_name, decided_at, letter.version," \
	"  reading.file_id IS NOT NULL," \
	"  reading.subject, sender_name, sender_address, recipients, message_id," \
	"  sent_at, " LETTER_FLAGS ", substr(body, 1, 200)," \
	"  (SELECT count(*) FROM part WHERE of_file_id = letter.file_id" \
	"    AND class IN ('file', 'message'))," \
	"  summary.files, summary.done, summary.failed," \
	"  summary.recognising, summary.symbol, summary.document_day," \
	"  summary.issuer, summary.agency_id, summary.subject, summary.type," \
	"  summary.urgency, summary.due_day, summary.pages, summary.sure," \
	"  summary.action, summary.main_file_id" \
	"  FROM letter" \
	"  JOIN mailbox ON mailbox.id = letter.mailbox_id" \
	"  JOIN file ON file.id = letter.file_id" \
	"  LEFT JOIN reading ON reading.file_id = letter.file_id" \
	"  LEFT JOIN letter_summary AS summary" \
	"    ON summary.file_id = letter.file_id"
/* clang-format on */

/* Brings the letters of one raw blob together with those that are the same
 * letter, and lets undecided ones follow what was decided. */
bool letter_regroup(struct db *db, int64_t file_id, struct fail *why);
