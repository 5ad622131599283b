/*
 * Dies before and after each durable step of a small intake, starts again, and
 * must come to the same end. The child is this program with the folder as its
 * argument.
 */
#include "base/fault.h"
#include "unit/core/intake.h"
#include <signal.h>
#include <sys/wait.h>

enum {
	LETTERS = 4,
	STEPS_MAX = 400
};

static struct letter_put next_put(struct store *store, int64_t mailbox,
				  const char *lease, int number)
{
	auto_text content = { 0 };
	struct fail why = { 0 };
	struct letter_put put = {
		.mailbox_id = mailbox,
		.lease = lease,
		.folder = "INBOX",
		.uidvalidity = 1,
		.uid = number,
		.internaldate = 1700000000 + number,
	};

	text_addf(&content, "Subject: thư %d\r\n\r\n", number);
	put.bytes = (int64_t)content.size;
	if (!vault_add(store_vault(store), content.string, content.size,
		       &put.digest, &why))
		exit(3);
	return put;
}

static bool take(struct db *db, void *context, struct fail *why)
{
	enum letter_taken taken;
	int64_t id;

	return letter_take(db, context, &taken, &id, why);
}

static bool import(struct db *db, void *context, struct fail *why)
{
	int64_t count;

	return intake_import(db, intake_csv, context, &count, why);
}

struct leasing {
	struct arena *arena;
	struct mailbox_lease_list list;
};

static bool lease(struct db *db, void *context, struct fail *why)
{
	const struct mailbox_lease_request request = { "test", 300, 10 };
	struct leasing *leasing = context;

	return mailbox_lease(db, &request, leasing->arena, &leasing->list,
			     why);
}

static bool run(struct writer *writer,
		bool (*work)(struct db *, void *, struct fail *), void *context)
{
	struct fail why = { 0 };
	const struct writer_job job = { .work = work, .context = context };
	bool ok = writer_run(writer, &job, &why);

	if (!ok)
		fprintf(stderr, "child: %s\n", why.sentence);
	return ok;
}

static int child(const char *folder)
{
	static char public_key[] =
		"d9b3f0ea6b6ee2ac1f8c1d8c6a4ef2bd"
		"5c8a4b6e0d3d1b5f9a7c2e4d6f8a0b12";
	struct fail why = { 0 };
	struct leasing leasing = { .arena = arena_create(0) };
	struct store *store;
	struct writer *writer;

	fault_open();
	secret_open();
	store = store_open(folder, true, &why);
	writer = store ? writer_create(store, &why) : NULL;
	if (!writer || !run(writer, import, public_key) ||
	    !run(writer, lease, &leasing))
		return 2;
	for (int i = 1; i <= LETTERS; i++) {
		struct letter_put put = next_put(
			store, leasing.list.items[0].mailbox.id,
			leasing.list.items[0].token, i);
		if (!run(writer, take, &put))
			return 2;
	}
	writer_destroy(&writer);
	store_close(&store);
	arena_destroy(&leasing.arena);
	return 0;
}

/* The exit status, or -1 when it was killed. */
static int spawn(const char *folder, int step)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		auto_text number = { 0 };

		text_addf(&number, "%d", step);
		if (step)
			setenv("SVB_FAULT_STEP", text_string(&number), 1);
		(void)!freopen("/dev/null", "w", stderr);
		execl("/proc/self/exe", "test_crash", folder, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool collect(void *context, const char *json, struct fail *why)
{
	(void)why;
	text_add(context, json);
	text_add(context, "\n");
	return true;
}

static void read_end_state(const char *folder, struct text *ret_state)
{
	struct fail why = { 0 };
	struct verify_report report = { intake_say, ret_state, 0, 0 };
	struct store *store = store_open(folder, false, &why);

	assert_non_null(store);
	assert_true(letter_export(store_writer(store), collect, ret_state,
				  &why));
	assert_true(verify_all(store_writer(store), store_vault(store),
			       &report, &why));
	if (report.wrong)
		fprintf(stderr, "%s", text_string(ret_state));
	assert_int_equal(report.wrong, 0);
	assert_int_equal(folder_number(store_writer(store),
				       "SELECT count(*) FROM letter"),
			 LETTERS);
	assert_int_equal(folder_number(store_writer(store),
				       "SELECT letters FROM mailbox"),
			 LETTERS);
	assert_int_equal(folder_number(store_writer(store),
				       "SELECT count(*) FROM audit WHERE"
				       " action = 'letter.take'"),
			 LETTERS);
	store_close(&store);
}

static void test_death_at_any_step_changes_nothing_in_the_end(void **state)
{
	auto_text expected = { 0 };
	int step;

	(void)state;
	for (step = 0; step < STEPS_MAX; step++) {
		char *folder = test_folder();
		auto_text found = { 0 };
		int first = spawn(folder, step);

		assert_true(first == 0 || first == -1);
		assert_int_equal(spawn(folder, 0), 0);
		read_end_state(folder, &found);
		folder_remove(folder);
		if (step == 0)
			text_add(&expected, text_string(&found));
		assert_string_equal(text_string(&found),
				    text_string(&expected));
		if (step && first == 0)
			break; /* it lived: there was no such step */
	}
	print_message("%d steps\n", step - 1);
	assert_in_range(step, 30, STEPS_MAX - 1);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_death_at_any_step_changes_nothing_in_the_end),
	};

	if (count == 2)
		return child(arguments[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
