#include "sync/check.h"
#include "base/log.h"
#include "sync/board.h"
#include "sync/pass.h"
#include "sync/plan.h"
#include "sync/reconcile.h"
#include <stdio.h>
#include <string.h>

static int say(bool good, const char *step, const char *detail)
{
	printf("%s  %-28s %s\n", good ? "ok " : "LỖI", step, detail);
	return good ? 0 : 1;
}

static int say_fail(const char *step, const struct fail *why)
{
	int result = say(false, step, why->sentence);

	if (why->hint)
		printf("     %s\n", why->hint);
	printf("     (%s)\n", why->code);
	return result;
}

static const struct mailbox *find(const struct fleet *fleet,
				  const char *address)
{
	for (size_t i = 0; i < fleet->count; i++)
		if (strcmp(fleet->mailboxes[i].address, address) == 0)
			return &fleet->mailboxes[i];
	return NULL;
}

static int check_reconcile(struct pass *pass, size_t i)
{
	auto_arena *arena = arena_create(0);
	struct reconcile_answer answer;
	struct fail why = { 0 };
	auto_text line = { 0 };

	if (!reconcile_folder(pass, i, &pass->folders[i].status, arena,
			      &answer, &why))
		return say_fail("Đối chiếu (reconcile)", &why);
	text_addf(&line,
		  "chưa có ở sổ / missing here: %s; đã mất ở máy chủ / "
		  "gone there: %s",
		  *answer.missing_here ? answer.missing_here : "-",
		  *answer.gone_there ? answer.gone_there : "-");
	return say(true, "Đối chiếu (reconcile)", line.string);
}

static int check_folder(struct pass *pass, size_t i)
{
	static const char *const kinds[] = {
		[PLAN_NOTHING] = "không có thư mới / nothing new",
		[PLAN_READ] = "có thư cần đọc / to be read",
		[PLAN_REFUSE] = "không dùng được / unusable",
	};
	const struct position *position = &pass->positions[i];
	struct folder_status *status = &pass->folders[i].status;
	struct fail why = { 0 };
	auto_text line = { 0 };
	struct plan plan;

	if (!session_status(pass->session, position->folder, status, &why))
		return say_fail(position->folder, &why);
	plan = plan_after_status(position, status);
	text_addf(&line, "%u thư (UIDVALIDITY %u, UIDNEXT %u); %s",
		  status->messages, status->uidvalidity, status->uidnext,
		  kinds[plan.kind]);
	if (plan.remark)
		text_addf(&line, " (%s)", plan.remark);
	uids_done(&plan.wanted);
	say(plan.kind != PLAN_REFUSE, position->folder, line.string);
	if (plan.kind == PLAN_REFUSE)
		return 1;
	return check_reconcile(pass, i);
}

static int check_steps(struct pass *pass)
{
	const struct mailbox *mailbox = pass->mailbox;
	auto_text where = { 0 };
	struct fail why = { 0 };
	int result = 0;
	bool idle;

	text_addf(&where, "%s cổng/port %u", mailbox->host,
		  (unsigned)mailbox->port);
	if (!pass_connect(pass, &why))
		return say_fail("Kết nối (connect)", &why);
	say(true, "Kết nối (connect)", where.string);
	say(true, "Mã hóa (TLS)", session_protection(pass->session));
	if (!pass_login(pass, &why))
		return say_fail("Đăng nhập (login)", &why);
	say(true, "Đăng nhập (login)", mailbox->user);
	idle = session_may_idle(pass->session);
	say(true, "IDLE", idle ? "có / offered" : "không / not offered");
	pass_enter(pass, SYNC_CHECKING);
	for (size_t i = 0; i < mailbox->folder_count; i++)
		result |= check_folder(pass, i);
	return result;
}

static int check_with(struct gateway *gateway, struct uplink *uplink,
		      const struct mailbox *mailbox)
{
	static struct board_slot slot;
	static struct board_cell cell;
	struct fail why = { 0 };
	struct pass pass = {
		.gateway = gateway,
		.mailbox = mailbox,
		.uplink = uplink,
		.slot = &slot,
		.cell = &cell,
		.state = SYNC_QUEUED,
		.positions = positions_create(mailbox, &why),
	};
	int result;

	if (!pass.positions)
		return say_fail("Vị trí (position)", &why);
	pass.folders = memory_alloc((mailbox->folder_count + 1) *
				    sizeof(*pass.folders));
	result = check_steps(&pass);
	session_close(&pass.session);
	positions_destroy(&pass.positions, mailbox->folder_count);
	memory_free(pass.folders);
	return result;
}

static struct fleet *lease(struct gateway *gateway, struct uplink *uplink,
			   struct fail *why)
{
	struct tree *answer = uplink_lease(uplink, gateway->settings.name,
					   gateway->settings.lease_seconds,
					   why);
	struct fleet *fleet = answer ? fleet_create(answer, why) : NULL;

	if (fleet && fleet_needs_trust(fleet)) {
		gateway->trust = trust_create(gateway->ca_file, why);
		if (!gateway->trust)
			fleet_release(&fleet);
	}
	return fleet;
}

int check_mailbox(struct gateway *gateway, const char *address)
{
	struct fail why = { 0 };
	struct uplink *uplink = uplink_create(&gateway->uplink, &why);
	struct fleet *fleet = uplink ? lease(gateway, uplink, &why) : NULL;
	const struct mailbox *mailbox;
	int result = 1;

	if (!fleet) {
		say_fail("Sổ (registry)", &why);
	} else {
		say(true, "Sổ (registry)", gateway->uplink.registry);
		mailbox = find(fleet, address);
		if (mailbox)
			result = check_with(gateway, uplink, mailbox);
		else
			say(false, address,
			    "không có, đang tạm dừng, hoặc gateway khác đang "
			    "đọc / unknown, paused, blocked or leased "
			    "elsewhere");
	}
	fleet_release(&fleet);
	uplink_destroy(&uplink);
	trust_destroy(&gateway->trust);
	return result;
}
