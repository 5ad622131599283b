#include "sync/pass.h"
#include "base/moment.h"
#include "base/secret.h"
#include "sync/letters.h"
#include "sync/reconcile.h"
#include "sync/token.h"
#include <string.h>

/* --- the board ---------------------------------------------------------- */

void pass_enter(struct pass *pass, enum sync_state state)
{
	sync_enter(&pass->state, state);
	atomic_store(&pass->slot->state, (int)state);
	pass_touch(pass);
}

void pass_touch(struct pass *pass)
{
	const struct gateway_settings *settings = &pass->gateway->settings;
	int64_t seconds = settings->connect_seconds * 3 +
			  settings->command_seconds +
			  settings->registry_seconds;

	atomic_store(&pass->slot->deadline, moment_ticks() + seconds * 1000);
}

void pass_at(struct pass *pass, size_t folder, uint32_t uidvalidity,
	     uint32_t uid)
{
	atomic_store(&pass->slot->place.folder, (uint32_t)folder);
	atomic_store(&pass->slot->place.uidvalidity, uidvalidity);
	atomic_store(&pass->slot->place.uid, uid);
}

/* --- steps -------------------------------------------------------------- */

bool pass_connect(struct pass *pass, struct fail *why)
{
	const struct gateway_settings *settings = &pass->gateway->settings;
	const struct mailbox *mailbox = pass->mailbox;
	const struct session_request request = {
		.host = mailbox->host,
		.port = mailbox->port,
		.security = mailbox->security,
		.plain_anywhere = settings->plain_anywhere,
		.trust = pass->gateway->trust,
		.connect_limit = settings->connect_seconds * 1000,
		.command_limit = settings->command_seconds * 1000,
	};

	pass_enter(pass, SYNC_CONNECTING);
	pass->session = session_open(&request, why);
	return pass->session != NULL;
}

static bool login_with_token(struct pass *pass, struct arena *arena,
			     struct fail *why)
{
	const char *token;

	if (!token_read(&pass->gateway->settings, pass->mailbox->address, arena,
			&token, why))
		return false;
	return session_login_token(pass->session, pass->mailbox->user, token,
				   why);
}

bool pass_login(struct pass *pass, struct fail *why)
{
	auto_arena *arena = arena_create(64 * 1024);
	const char *password;

	pass_enter(pass, SYNC_LOGGING_IN);
	if (token_is_wanted(&pass->gateway->settings, pass->mailbox->host))
		return login_with_token(pass, arena, why);
	if (!secret_unseal(pass->gateway->private_key, pass->mailbox->address,
			   pass->mailbox->sealed, arena, &password, why)) {
		fail(why, FAIL_DENIED,
		     "the stored password does not open with this gateway's "
		     "key: enter it again");
		return fail_code(why, "login.refused",
				 "Mật khẩu lưu không mở được; hãy nhập lại.");
	}
	return session_login(pass->session, pass->mailbox->user, password,
			     why);
}

static bool ask_status(struct pass *pass, size_t folder,
		       struct folder_status *ret_status, struct fail *why)
{
	const char *name = pass->positions[folder].folder;

	/* The folder that was selected for IDLE answers by EXAMINE. */
	if (pass->woken && folder == 0)
		return session_examine(pass->session, name, ret_status, why);
	return session_status(pass->session, name, ret_status, why);
}

static bool open_folder(struct pass *pass, size_t folder,
			const struct folder_status *status, struct fail *why)
{
	struct folder_status opened;

	pass_enter(pass, SYNC_LISTING);
	if (pass->woken && folder == 0)
		return true;
	if (!session_examine(pass->session, pass->positions[folder].folder,
			     &opened, why))
		return false;
	if (opened.uidvalidity && opened.uidvalidity != status->uidvalidity) {
		fail(why, FAIL_REMOTE,
		     "the folder '%s' was replaced while it "
		     "was opened",
		     pass->positions[folder].folder);
		return fail_code(why, "server.garbage", NULL);
	}
	return true;
}

static void forget_position(struct position *position)
{
	uids_done(&position->done);
	uids_done(&position->retry);
	uids_done(&position->aside);
	position->uidnext = 0;
	position->strikes = 0;
}

static bool read_wanted(struct pass *pass, size_t folder, struct plan *plan,
			const struct folder_status *status, struct fail *why)
{
	struct position *position = &pass->positions[folder];

	if (!open_folder(pass, folder, status, why))
		return false;
	if (plan->moved) {
		forget_position(position);
		position->uidvalidity = status->uidvalidity;
	}
	if (!letters_read(pass, folder, plan, status, why))
		return false;
	return true;
}

static bool read_folder(struct pass *pass, size_t folder, struct fail *why)
{
	struct position *position = &pass->positions[folder];
	struct folder_report *report = &pass->folders[folder];
	struct plan plan;
	bool good = true;

	pass_enter(pass, SYNC_CHECKING);
	pass_at(pass, folder, 0, 0);
	if (!ask_status(pass, folder, &report->status, why))
		return false;
	plan = plan_after_status(position, &report->status);
	if (plan.remark)
		pass->remark = plan.remark;
	if (plan.kind == PLAN_REFUSE) {
		fail(why, FAIL_REMOTE, "%s", plan.remark);
		good = fail_code(why, "server.garbage", NULL);
	}
	if (plan.kind == PLAN_READ)
		good = read_wanted(pass, folder, &plan, &report->status, why);
	uids_done(&plan.wanted);
	report->read = good;
	if (good) {
		position->uidvalidity = report->status.uidvalidity;
		position->uidnext = report->status.uidnext;
	}
	return good;
}

/* A folder that is missing does not keep the others from being read. */
static bool read_folders(struct pass *pass, struct fail *why)
{
	for (size_t i = 0; i < pass->mailbox->folder_count; i++) {
		struct fail one = { 0 };
		if (read_folder(pass, i, &one))
			continue;
		if (why->kind == FAIL_NONE)
			*why = one;
		if (one.kind != FAIL_NOT_FOUND || pass->lost)
			return false;
	}
	return why->kind == FAIL_NONE;
}

/* Once a day; what is missing here becomes due again at the registry. */
static bool reconcile(struct pass *pass, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct reconcile_answer answer;

	for (size_t i = 0; i < pass->mailbox->folder_count; i++) {
		pass_enter(pass, SYNC_CHECKING);
		if (!reconcile_folder(pass, i, &pass->folders[i].status, arena,
				      &answer, why))
			return false;
	}
	return true;
}

static bool begin_idle(struct pass *pass, struct fail *why)
{
	struct folder_status status;

	if (pass->mailbox->folder_count == 0 ||
	    !session_may_idle(pass->session))
		return false;
	/* Whatever came since the folder was looked at shows here. */
	if (!session_examine(pass->session, pass->positions[0].folder, &status,
			     why))
		return false;
	if (!session_idle_begin(pass->session, why))
		return false;
	pass_enter(pass, SYNC_IDLING);
	return true;
}

static bool run(struct pass *pass, struct fail *why)
{
	if (pass->session) {
		if (!session_idle_end(pass->session, why))
			return false;
	} else if (!pass_connect(pass, why) || !pass_login(pass, why)) {
		return false;
	}
	return read_folders(pass, why) &&
	       (!pass->reconcile || reconcile(pass, why));
}

void pass_run(struct pass *pass)
{
	struct fail quiet = { 0 };
	bool idle = false;

	pass->woken = pass->session != NULL;
	if (run(pass, &pass->why) && pass->want_idle)
		idle = begin_idle(pass, &quiet);
	pass->idling = idle;
	if (idle)
		return;
	session_close(&pass->session);
	pass_enter(pass, SYNC_RESTING);
}
