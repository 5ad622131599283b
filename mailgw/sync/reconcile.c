#include "sync/reconcile.h"
#include "sync/plan.h"

static bool list_all(struct pass *pass, uint32_t last, struct uids *ret_there,
		     struct fail *why)
{
	auto_arena *arena = arena_create(64 * 1024 * 1024);
	auto_uids wanted = { 0 };
	uint32_t width = plan_list_width(0, 0);

	if (last > 0)
		uids_add(&wanted, 1, last);
	while (wanted.count > 0) {
		auto_uids asked = { 0 }, absent = { 0 };
		struct listing listing;
		arena_reset(arena);
		uids_take(&wanted, width, &asked);
		if (!session_list(pass->session, &asked, arena, &listing, why))
			return false;
		plan_after_list(&asked, &listing, &absent);
		for (size_t i = 0; i < listing.count; i++)
			uids_add(ret_there, listing.letters[i].uid,
				 listing.letters[i].uid);
		width = plan_list_width(width, listing.count);
	}
	return true;
}

bool reconcile_folder(struct pass *pass, size_t folder,
		      const struct folder_status *status, struct arena *arena,
		      struct reconcile_answer *ret_answer, struct fail *why)
{
	const struct address address = {
		.mailbox = pass->mailbox->id,
		.lease = pass->mailbox->lease,
		.folder = pass->positions[folder].folder,
		.uidvalidity = status->uidvalidity,
	};
	struct folder_status opened;
	auto_uids there = { 0 };
	auto_text set = { 0 };
	uint32_t last = status->uidnext ? status->uidnext - 1 : UINT32_MAX;

	if (!session_examine(pass->session, address.folder, &opened, why))
		return false;
	if (opened.messages > 0 && !list_all(pass, last, &there, why))
		return false;
	uids_print(&there, &set);
	return uplink_reconcile(pass->uplink, &address, text_string(&set),
				arena, ret_answer, why);
}
