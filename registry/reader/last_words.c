#include "reader/last_words.h"
#include "reader/answer.h"
#include "reader/sniff.h"
#include <assert.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

enum {
	SIZE_MAX_OF_ANSWER = 1024
};

enum ending {
	ENDING_LATE,
	ENDING_MEMORY,
	ENDING_COUNT
};

static const char *const reasons[ENDING_COUNT] = { "limit.time",
						   "limit.memory" };

/* Written beforehand: a handler of signals can do little. */
struct prepared {
	char answer[SIZE_MAX_OF_ANSWER];
	size_t answer_size;
	char reply[128];
	size_t reply_size;
};

static struct prepared prepared[ENDING_COUNT];
static struct last_words armed;
static volatile sig_atomic_t is_armed;

static void speak(int number)
{
	const struct prepared *words =
		&prepared[number == SIGPROF ? ENDING_LATE : ENDING_MEMORY];

	if (is_armed) {
		if (armed.answer)
			memcpy(armed.answer, words->answer,
			       words->answer_size);
		if (write(armed.socket, words->reply, words->reply_size) < 0)
			_exit(2);
	}
	_exit(1);
}

void last_words_open(void)
{
	struct sigaction action = { .sa_handler = speak };

	(void)sigfillset(&action.sa_mask);
	(void)sigaction(SIGPROF, &action, NULL);
	(void)sigaction(SIGABRT, &action, NULL);
	(void)sigaction(SIGTRAP, &action, NULL); /* glib without memory */
}

static void keep(const struct text *text, char *at, size_t most, size_t *ret)
{
	assert(text->size <= most);
	memcpy(at, text->string, text->size);
	*ret = text->size;
}

static void prepare_answer(const struct last_words *words, const char *reason,
			   struct prepared *ret)
{
	const char *type = sniff_type(words->content, words->name);
	const struct document document = { .format = sniff_format(type),
					   .type = type,
					   .reason = reason };
	const struct letterhead nothing = { 0 };
	auto_text json = { 0 };
	auto_text reply = { 0 };

	answer_print(&document, &nothing, &json);
	keep(&json, ret->answer, sizeof(ret->answer), &ret->answer_size);
	text_addf(&reply, "{\"size\":%zu}", json.size);
	keep(&reply, ret->reply, sizeof(ret->reply), &ret->reply_size);
}

static void prepare_failure(const char *reason, struct prepared *ret)
{
	auto_text reply = { 0 };

	text_addf(&reply, "{\"kind\":\"limit\",\"reason\":\"%s\"}", reason);
	keep(&reply, ret->reply, sizeof(ret->reply), &ret->reply_size);
}

void last_words_arm(const struct last_words *words)
{
	struct itimerval timer = { .it_value = { .tv_sec = words->seconds } };

	armed = *words;
	if (words->room < SIZE_MAX_OF_ANSWER)
		armed.answer = NULL;
	for (int i = 0; i < ENDING_COUNT; i++) {
		if (armed.answer)
			prepare_answer(words, reasons[i], &prepared[i]);
		else
			prepare_failure(reasons[i], &prepared[i]);
	}
	is_armed = 1;
	(void)setitimer(ITIMER_PROF, &timer, NULL);
}

void last_words_disarm(void)
{
	const struct itimerval never = { 0 };

	(void)setitimer(ITIMER_PROF, &never, NULL);
	is_armed = 0;
}
