/*
 * Sight: who a person is for the rules, and which entries the person sees, as
 * pieces of SQL. For sources of core/ alone.
 *
 * U is the parameter of the person, N of the person's unit, D of today; the
 * entry is always called e.
 */
#pragma once

/* clang-format off */

/* The person and those for whom the person stands in today. */
#define SIGHT_PEOPLE(U, D) \
	"(SELECT " U " UNION SELECT z.user_id FROM substitute z" \
	"  WHERE z.substitute_id = " U \
	"    AND " D " BETWEEN z.from_day AND z.to_day)"

/* The person's unit, and those of the heads for whom the person stands in. */
#define SIGHT_UNITS(U, N, D) \
	"(SELECT " N " UNION SELECT y.unit_id FROM substitute z" \
	"   JOIN user_account y ON y.id = z.user_id" \
	"   JOIN user_role x ON x.user_id = y.id AND x.role = 'unit_head'" \
	"  WHERE z.substitute_id = " U \
	"    AND " D " BETWEEN z.from_day AND z.to_day)"

/* Registered by the person, submitted to, received by the person or the unit,
 * the unit's, assigned, or granted with the document or a dossier it is in. */
#define SIGHT(U, N, D) \
	"(e.registered_by = " U " OR e.submit_to IN " SIGHT_PEOPLE(U, D) \
	" OR e.unit_id IN " SIGHT_UNITS(U, N, D) \
	" OR EXISTS (SELECT 1 FROM entry_receiver w WHERE w.entry_id = e.id" \
	"     AND (w.user_id IN " SIGHT_PEOPLE(U, D) \
	"       OR w.unit_id IN " SIGHT_UNITS(U, N, D) "))" \
	" OR EXISTS (SELECT 1 FROM assignment w WHERE w.entry_id = e.id" \
	"     AND w.state IN ('sent', 'working', 'done')" \
	"     AND (w.user_id IN " SIGHT_PEOPLE(U, D) \
	"       OR w.unit_id IN " SIGHT_UNITS(U, N, D) "))" \
	" OR EXISTS (SELECT 1 FROM access_grant g WHERE g.kind = 'entry'" \
	"     AND g.object_id = e.id AND g.state = 'confirmed'" \
	"     AND (g.user_id = " U " OR g.unit_id = " N "))" \
	" OR EXISTS (SELECT 1 FROM dossier_document d JOIN access_grant g" \
	"     ON g.kind = 'dossier' AND g.object_id = d.dossier_id" \
	"     WHERE d.entry_id = e.id AND g.state = 'confirmed'" \
	"       AND (g.user_id = " U " OR g.unit_id = " N ")))"

/* clang-format on */
