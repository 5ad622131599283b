/*
 * Sixteen clerks at once, and the power fails again and again: no number is
 * lost, none given twice, and who was told a number finds it there.
 *
 * SVB_NUMBERS: registrations of each clerk (default 60; 6250 for a release).
 */
#include "core/entry.h"
#include "core/verify.h"
#include "store/writer.h"
#include "support/register.h"
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

enum {
	CLERKS = 16,
	EACH_MAX = 6250,
	KILLS = 6
};

static int each = 60;

/* What a clerk was told; written to the pipe in one piece. */
struct told {
	int clerk, turn;
	int64_t number;
};

struct clerk {
	struct writer *writer;
	const struct fixture *f;
	int me, from;
	int pipe;
};

struct turn {
	const struct clerk *clerk;
	char key[32];
	struct arena *arena;
	struct entry_answer answer;
	int number;
};

static bool register_one(struct db *db, void *context, struct fail *why)
{
	struct turn *turn = context;
	struct entry_request request = {
		.actor = turn->clerk->f->clerk,
		.direction = DIRECTION_IN,
		.fields = fields_empty(),
		.key = turn->key,
		.now = turn->clerk->f->now,
	};
	request.fields.issuer = "UBND tỉnh Đồng Tháp";
	request.fields.symbol =
		arena_print(turn->arena, "%d/UBND-K%d", turn->number + 1,
			    turn->clerk->me);
	request.fields.document_day = "2026-06-01";
	request.fields.subject = turn->key;
	return entry_register(db, &request, turn->arena, &turn->answer, why);
}

static void *work(void *argument)
{
	struct clerk *clerk = argument;
	for (int i = clerk->from; i < each; i++) {
		auto_arena *arena = arena_create(0);
		auto_text key = { .limit = 0 };
		struct turn turn = { .clerk = clerk,
				     .arena = arena,
				     .number = i };
		struct writer_job job = { .work = register_one,
					  .context = &turn };
		struct fail why;
		text_addf(&key, "k%d.%d", clerk->me, i);
		memcpy(turn.key, text_string(&key), key.size + 1);
		if (!writer_run(clerk->writer, &job, &why)) {
			(void)!write(2, why.sentence, strlen(why.sentence));
			_exit(3);
		}
		struct told told = { clerk->me, i, turn.answer.entry.number };
		if (write(clerk->pipe, &told, sizeof(told)) != sizeof(told))
			_exit(4);
	}
	return NULL;
}

/* The process that is killed: goes on where its clerks were told to. */
static void run_office(struct fixture *f, const int *from, int out)
{
	pthread_t threads[CLERKS];
	struct clerk clerks[CLERKS];
	struct store *store = store_open(f->folder, false, &f->why);
	if (!store)
		_exit(5);
	struct writer *writer = writer_create(store, &f->why);
	if (!writer)
		_exit(6);
	for (int i = 0; i < CLERKS; i++) {
		clerks[i] = (struct clerk){ writer, f, i, from[i], out };
		if (pthread_create(&threads[i], NULL, work, &clerks[i]) != 0)
			_exit(7);
	}
	for (int i = 0; i < CLERKS; i++)
		pthread_join(threads[i], NULL);
	writer_destroy(&writer);
	store_close(&store);
	_exit(0);
}

struct office {
	int from[CLERKS];
	int64_t numbers[CLERKS][EACH_MAX];
};

/* Kills the child when `kill_after` clerks were told a number. */
static void listen_to(struct office *office, int in, pid_t child,
		      int kill_after)
{
	struct told told;
	for (int i = 1; read(in, &told, sizeof(told)) == sizeof(told); i++) {
		office->numbers[told.clerk][told.turn] = told.number;
		office->from[told.clerk] = told.turn + 1;
		if (i == kill_after)
			kill(child, SIGKILL);
	}
}

/* True when the office ended by itself; 0 lets it. */
static bool run_once(struct fixture *f, struct office *office, int kill_after)
{
	int ends[2], status;
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		run_office(f, office->from, ends[1]);
	}
	close(ends[1]);
	listen_to(office, ends[0], child, kill_after);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status))
		return false;
	assert_int_equal(WEXITSTATUS(status), 0);
	return true;
}

static void say(void *context, const char *sentence)
{
	(void)context;
	print_error("%s\n", sentence);
}

static void check_told(struct fixture *f, const struct office *office)
{
	static const char select_number[] =
		"SELECT e.number, e.subject FROM idempotency i"
		"  JOIN entry e ON e.id = i.entry_id"
		" WHERE i.user_id = ?2 AND i.key = ?1";
	for (int i = 0; i < CLERKS * each; i++) {
		const char *key =
			arena_print(f->arena, "k%d.%d", i / each, i % each);
		auto_query *query = db_query(f->db, select_number, &f->why);
		assert_non_null(query);
		query_text(query, 1, key);
		query_int(query, 2, f->clerk.id);
		must(query_one(query, &f->why));
		assert_int_equal(query_get_int(query, 0),
				 office->numbers[i / each][i % each]);
		assert_string_equal(query_get_text(query, 1, f->arena), key);
	}
}

static void test_no_gap_and_no_double_however_it_dies(void **state)
{
	static struct office office;
	struct fixture *f = *state;
	struct verify_report report = { .say = say };
	struct entry_request request = fixture_request(f);
	int64_t next;
	store_close(&f->store);
	for (int i = 0; i < KILLS; i++)
		assert_false(run_once(f, &office, 1 + i * each / 2));
	assert_true(run_once(f, &office, 0));
	f->store = store_open(f->folder, false, &f->why);
	assert_non_null(f->store);
	f->db = store_writer(f->store);
	check_told(f, &office);
	must(entry_verify(f->db, &report, &f->why));
	assert_int_equal(report.wrong, 0);
	next = fixture_register(f, &request).number;
	assert_int_equal(next, CLERKS * each + 1);
}

int main(void)
{
	const char *wanted = getenv("SVB_NUMBERS");
	if (wanted)
		each = (int)strtol(wanted, NULL, 10);
	if (each < 1 || each > EACH_MAX)
		return 2;
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_no_gap_and_no_double_however_it_dies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
