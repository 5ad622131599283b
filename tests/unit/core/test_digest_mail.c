#include "core/digest_mail.h"
#include "core/flow.h"
#include "core/preference.h"
#include "support/register.h"

static const char set_email[] =
	"UPDATE user_account SET email = 'linh@so.vn' WHERE login = 'linh'";
static const char select_mail[] =
	"SELECT m.subject, m.text, m.state, u.login FROM digest_mail m"
	"  JOIN user_account u ON u.id = m.user_id";

/* One document waits for the leader, who has a mail address. */
static struct actor leader_with_work(struct fixture *f)
{
	struct actor leader =
		fixture_person(f, "linh", 1u << ROLE_LEADER, 0);
	struct entry_request request = fixture_request(f);
	struct entry entry = fixture_register(f, &request);
	const struct flow_change change = {
		.actor = f->clerk,
		.entry_id = entry.id,
		.version = entry.version,
		.now = f->now,
	};
	must(flow_submit(f->db, &change, leader.id, "", &f->why));
	must(db_run(f->db, set_email, &f->why));
	return leader;
}

static int64_t run_at(struct fixture *f, const char *day, int hour, int minute)
{
	int64_t count = 0;
	must(digest_mail_run(f->db, f->organisation_id,
			     fixture_moment(day, hour, minute), &count,
			     &f->why));
	return count;
}

static void set_preference(struct fixture *f, const struct actor *actor,
			   const char *json)
{
	auto_tree *body = tree_parse(bytes_of(json), &f->why);
	assert_non_null(body);
	must(preference_set(f->db, actor->id, body, &f->why));
}

static void test_one_mail_a_working_day_at_the_hour(void **state)
{
	struct fixture *f = *state;
	leader_with_work(f);
	assert_int_equal(run_at(f, "2026-06-24", 6, 59), 0);
	assert_int_equal(run_at(f, "2026-06-24", 7, 0), 1);
	assert_int_equal(run_at(f, "2026-06-24", 7, 1), 0);
	assert_int_equal(run_at(f, "2026-06-24", 23, 0), 0);
	assert_int_equal(run_at(f, "2026-06-27", 9, 0), 0); /* Saturday */
	assert_int_equal(run_at(f, "2026-09-02", 9, 0), 0); /* a holiday */
	assert_int_equal(run_at(f, "2026-06-25", 12, 0), 1);
}

static void test_the_mail_says_what_waits(void **state)
{
	struct fixture *f = *state;
	leader_with_work(f);
	assert_int_equal(run_at(f, "2026-06-24", 7, 0), 1);
	auto_query *query = db_query(f->db, select_mail, &f->why);
	assert_non_null(query);
	must(query_one(query, &f->why));
	assert_string_equal(query_get_text(query, 0, f->arena),
			    "Sổ văn bản 24/06/2026: Chờ bút phê 1");
	assert_non_null(strstr(query_get_text(query, 1, f->arena),
			       "Về việc báo cáo cải cách hành chính"));
	assert_string_equal(query_get_text(query, 2, f->arena), "ready");
	assert_string_equal(query_get_text(query, 3, f->arena), "linh");
}

static void test_people_choose_the_hour_the_language_or_none(void **state)
{
	struct fixture *f = *state;
	struct actor leader = leader_with_work(f);
	struct digest_mail mail;
	set_preference(f, &leader, "{\"digest_hour\":\"off\"}");
	assert_int_equal(run_at(f, "2026-06-24", 12, 0), 0);
	set_preference(f, &leader,
		       "{\"digest_hour\":\"16\",\"language\":\"en\"}");
	assert_int_equal(run_at(f, "2026-06-24", 15, 59), 0);
	assert_int_equal(run_at(f, "2026-06-24", 16, 0), 1);
	must(digest_mail_print(f->db, &leader,
			       fixture_moment("2026-06-24", 16, 0), f->arena,
			       &mail, &f->why));
	assert_string_equal(
		mail.subject,
		"Document register 24/06/2026: Awaiting instruction 1");
	assert_false(mail.is_empty);
}

static void test_nothing_to_say_is_not_sent(void **state)
{
	struct fixture *f = *state;
	fixture_person(f, "linh", 1u << ROLE_LEADER, 0);
	must(db_run(f->db, set_email, &f->why));
	assert_int_equal(run_at(f, "2026-06-24", 7, 0), 0);
	auto_query *query = db_query(f->db, select_mail, &f->why);
	assert_non_null(query);
	must(query_one(query, &f->why));
	assert_string_equal(query_get_text(query, 2, f->arena), "empty");
}

static void test_wrong_preferences_are_refused(void **state)
{
	static const char *const wrong[] = {
		"{\"digest_hour\":\"24\"}",
		"{\"digest_hour\":7}",
		"{\"theme\":\"\"}",
		"{\"theme\":\"auto light\"}",
		"{\"nothing\":\"on\"}",
		"{\"theme\":\" \"}",
		"{\"theme\":\"aut\"}",
		"{\"theme\":\"ark\"}",
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		auto_tree *body = tree_parse(bytes_of(wrong[i]), &f->why);
		assert_non_null(body);
		must_fail(preference_set(f->db, f->clerk.id, body, &f->why),
			  "preference.invalid");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_one_mail_a_working_day_at_the_hour),
		FIXTURE_TEST(test_the_mail_says_what_waits),
		FIXTURE_TEST(test_people_choose_the_hour_the_language_or_none),
		FIXTURE_TEST(test_nothing_to_say_is_not_sent),
		FIXTURE_TEST(test_wrong_preferences_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
