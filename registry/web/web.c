#include "web/web.h"
#include "base/descriptor.h"
#include "base/log.h"
#include "core/job.h"
#include "core/organisation.h"
#include "core/search.h"
#include "store/transaction.h"
#include "web/clock.h"
#include "web/holds.h"
#include "web/serve.h"
#include "web/views.h"
#include "web/visit.h"
#include <string.h>

enum {
	TOKEN_MAX = 200
};

static bool read_token(struct web *web, const char *name, char **ret,
		       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *path = arena_print(arena, "%s/%s", web->folder, name);
	struct bytes content;
	char *token;

	if (!descriptor_read_file(path, TOKEN_MAX, arena, &content, why))
		return false;
	token = arena_copy_part(arena, (const char *)content.data,
				content.size);
	token[strcspn(token, "\r\n")] = '\0';
	*ret = memory_copy(token);
	return true;
}

static void *make_reader(void *context)
{
	struct web *web = context;
	struct fail why;
	struct db *db = store_reader_create(web->store, &why);

	if (!db)
		log_event(LOG_LEVEL_ERROR, "reader.failed", "why",
			  why.sentence, NULL);
	return db;
}

static void unmake_reader(void *own)
{
	struct db *db = own;

	store_reader_destroy(&db);
}

static void unmake_slow(void *own)
{
	struct slow_worker *worker = own;

	if (!worker)
		return;
	reading_pager_destroy(&worker->pager);
	store_reader_destroy(&worker->db);
	memory_free(worker);
}

static void *make_slow(void *context)
{
	struct web *web = context;
	struct slow_worker *worker = memory_alloc(sizeof(*worker));
	struct fail why;

	worker->db = store_reader_create(web->store, &why);
	if (worker->db)
		worker->pager = reading_pager_create(web->desk, &why);
	if (worker->pager)
		return worker;
	log_event(LOG_LEVEL_ERROR, "reader.failed", "why", why.sentence, NULL);
	unmake_slow(worker);
	return NULL;
}

/* After reading has begun: they draw pages with its readers. */
static bool start_slow(struct web *web, struct fail *why)
{
	const struct workers_request slow = {
		.name = "slow",
		.threads = 2,
		.waiting_max = 256,
		.stack_size = 1024 * 1024,
		.make = make_slow,
		.unmake = unmake_slow,
		.context = web,
	};

	web->views = views_create();
	web->holds = holds_create();
	web->slow = workers_create(&slow, why);
	return web->slow != NULL;
}

static bool start_workers(struct web *web, struct fail *why)
{
	const struct workers_request readers = {
		.name = "worker",
		.threads = (size_t)web->settings.workers,
		.waiting_max = (size_t)web->settings.waiting_max,
		.stack_size = 1024 * 1024,
		.make = make_reader,
		.unmake = unmake_reader,
		.context = web,
	};
	const struct workers_request hashers = {
		.name = "hash",
		.threads = 2,
		.waiting_max = 32,
	};

	web->workers = workers_create(&readers, why);
	if (web->workers)
		web->hashers = workers_create(&hashers, why);
	return web->hashers != NULL;
}

/* What an earlier process left undone, before the writer's thread starts. */
static bool prepare(struct web *web, struct fail *why)
{
	struct db *db = store_writer(web->store);
	auto_arena *arena = arena_create(0);
	auto_transaction *transaction = NULL;
	struct organisation organisation;
	bool stale;

	if (!organisation_load_first(db, arena, &organisation, why))
		return false;
	web->organisation_id = organisation.id;
	transaction = transaction_begin(db, why);
	return transaction && job_recover(db, why) &&
	       search_is_stale(db, &stale, why) &&
	       (!stale || search_rebuild(db, why)) &&
	       transaction_commit(transaction, why);
}

static void ring_alarm(void *context, const char *what, const char *sha256,
		       const char *said)
{
	(void)context;
	log_event(LOG_LEVEL_WARNING, "file.quarantine", "what", what, "sha256",
		  sha256, "said", said, NULL);
}

static bool start_reading(struct web *web, struct fail *why)
{
	const struct web_settings *settings = &web->settings;
	const char *path = settings->reader_path;
	const struct reading_request request = {
		.store = web->store,
		.writer = web->writer,
		.reader_path = *path ? path : NULL,
		.workers = (size_t)settings->readers,
		.scanner = settings->clamd,
		.alarm = { ring_alarm, web },
	};

	web->desk = reading_create(&request, why);
	return web->desk != NULL;
}

static bool start_clock(struct web *web, struct fail *why)
{
	web->clock = clock_work_create(web->store, web->writer,
				       web->organisation_id, why);
	return web->clock != NULL;
}

static bool start_http(struct web *web, struct fail *why)
{
	const struct web_settings *settings = &web->settings;
	auto_arena *arena = arena_create(0);
	const struct http_settings http = {
		.listen = settings->listen,
		.unix_path = arena_print(arena, "%s/registry.sock",
					 web->folder),
		.header_max = settings->header_max,
		.connections_max = settings->connections_max,
		.idle_seconds = settings->idle_seconds,
		.threads = settings->http_threads,
	};
	const struct http_calls calls = {
		.context = web,
		.begin = serve_begin,
		.piece = serve_piece,
		.serve = serve_request,
		.end = serve_end,
	};

	web->server = http_server_open(&http, &calls, why);
	return web->server != NULL;
}

static bool open_parts(struct web *web, struct fail *why)
{
	web->store = store_open(web->folder, false, why);
	if (!web->store || !prepare(web, why) ||
	    !read_token(web, "gateway.token", &web->gateway_token, why) ||
	    !read_token(web, "command.token", &web->command_token, why) ||
	    !read_token(web, "gateway.pub", &web->public_key, why))
		return false;
	web->writer = writer_create(web->store, why);
	return web->writer && start_workers(web, why) &&
	       start_reading(web, why) && start_slow(web, why) &&
	       start_clock(web, why) &&
	       start_http(web, why);
}

struct web *web_open(const char *folder, const struct web_settings *settings,
		     struct fail *why)
{
	struct web *web = memory_alloc(sizeof(*web));

	web->settings = *settings;
	web->folder = memory_copy(folder);
	if (!open_parts(web, why))
		web_close(&web);
	return web;
}

void web_close(struct web **web)
{
	struct web *gone = *web;

	if (!gone)
		return;
	http_server_close(&gone->server);
	workers_destroy(&gone->hashers);
	workers_destroy(&gone->workers);
	workers_destroy(&gone->slow);
	views_destroy(&gone->views);
	holds_destroy(&gone->holds);
	clock_work_destroy(&gone->clock);
	reading_destroy(&gone->desk);
	writer_destroy(&gone->writer);
	store_close(&gone->store);
	memory_free(gone->gateway_token);
	memory_free(gone->command_token);
	memory_free(gone->public_key);
	memory_free(gone->folder);
	memory_free(gone);
	*web = NULL;
}

int web_port(const struct web *web)
{
	return http_server_port(web->server);
}
