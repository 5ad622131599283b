/*
 * Holding the handling of documents against its rules.
 */
#include "core/flow.h"
#include "core/verify.h"
#include "store/query.h"

static const char count_all[] =
	"SELECT (SELECT count(*) FROM flow)"
	"     + (SELECT count(*) FROM assignment)";

/* Each gives one row per fault: what, and where. */
static const char *const faults[] = {
	"SELECT 'being handled without one who leads', 'entry ' || e.id"
	"  FROM entry e WHERE e.status IN ('routed', 'working')"
	"   AND NOT EXISTS (SELECT 1 FROM assignment a"
	"         WHERE a.entry_id = e.id AND a.role = 'lead'"
	"           AND a.parent_id IS NULL"
	"           AND a.state IN ('sent', 'working'))",

	"SELECT 'done without a day', 'entry ' || e.id"
	"  FROM entry e LEFT JOIN flow f ON f.entry_id = e.id"
	" WHERE e.status = 'done' AND e.direction = 'in'"
	"   AND f.done_day IS NULL",

	"SELECT 'open, but its lead is done', 'entry ' || e.id"
	"  FROM entry e JOIN assignment a ON a.entry_id = e.id"
	" WHERE e.status IN ('routed', 'working') AND a.role = 'lead'"
	"   AND a.parent_id IS NULL AND a.state = 'done'",

	"SELECT 'another deadline than its lead', 'entry ' || e.id"
	"  FROM entry e JOIN flow f ON f.entry_id = e.id"
	"  JOIN assignment a ON a.entry_id = e.id"
	" WHERE e.status IN ('routed', 'working') AND a.role = 'lead'"
	"   AND a.parent_id IS NULL AND a.state IN ('sent', 'working')"
	"   AND f.due_day IS NOT a.due_day",

	"SELECT 'submitted to nobody', 'entry ' || e.id"
	"  FROM entry e LEFT JOIN flow f ON f.entry_id = e.id"
	" WHERE e.status = 'submitted' AND f.submitted_to IS NULL",

	"SELECT 'two instructions in force', 'entry ' || entry_id"
	"  FROM instruction WHERE state = 'in_force'"
	" GROUP BY entry_id HAVING count(*) > 1",

	"SELECT 'of an instruction out of force', 'assignment ' || a.id"
	"  FROM assignment a JOIN instruction i ON i.id = a.instruction_id"
	" WHERE a.state IN ('sent', 'working') AND i.state <> 'in_force'",

	"SELECT 'its answer is not there', 'entry ' || f.entry_id"
	"  FROM flow f JOIN entry r ON r.id = f.reply_id"
	" WHERE r.direction <> 'out' OR r.state <> 'valid'",

	"SELECT 'a number set aside and used elsewhere',"
	"       'reservation ' || r.id"
	"  FROM reservation r JOIN entry e ON e.id = r.entry_id"
	" WHERE e.number <> r.number OR e.series_id <> r.series_id"
	"    OR e.year <> r.year",

	"SELECT 'confirmed by who asked', 'grant ' || id"
	"  FROM access_grant WHERE state = 'confirmed'"
	"   AND (decided_by IS NULL OR decided_by = asked_by)",
};

bool flow_verify(struct db *db, struct verify_report *report, struct fail *why)
{
	const struct verify_walk walk = {
		count_all,
		faults,
		sizeof(faults) / sizeof(faults[0]),
	};
	return verify_walk(db, &walk, report, why);
}
