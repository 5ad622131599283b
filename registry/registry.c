/*
 * registry: the register of documents, its service and its commands.
 */
#include "base/descriptor.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/settings.h"
#include "command.h"
#include "core/backup.h"
#include "core/organisation.h"
#include "core/user.h"
#include "store/db.h"
#include "store/transaction.h"
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

static const char usage[] =
	"registry: sổ đăng ký văn bản / the register of documents\n"
	"\n"
	"  registry init   --data DIR --organisation NAME\n"
	"  registry serve  --data DIR [--listen 127.0.0.1:8080]\n"
	"                  [--settings FILE] [--print-settings]\n"
	"  registry user add LOGIN --name NAME --role ROLE[,ROLE]\n"
	"                  [--unit CODE]\n"
	"                  [--position TEXT] [--password-stdin "
	"[--keep-password]]\n"
	"  registry user list | passwd LOGIN\n"
	"  registry unit add CODE --name NAME [--unit PARENT]\n"
	"  registry mailbox import FILE.csv | list | pause ADDRESS | resume "
	"ADDRESS\n"
	"  registry jobs [--wait]        what is being read\n"
	"  registry export letters | entries   JSON lines\n"
	"  registry verify               hold everything against everything\n"
	"  registry replay [--apply]     read all letters again: what would\n"
	"                                change; --apply: change it\n"
	"  registry report linking       proposals against what people "
	"decided\n"
	"  registry trust list | add ADDRESS | remove ADDRESS | on [SERVER] | "
	"off\n"
	"                                whose documents a rule may register\n"
	"  registry backup FILE | restore FILE\n"
	"\n"
	"  --data DIR goes with every command. Roles: clerk, leader,\n"
	"  unit_head, specialist, administrator.\n"
	"  Exit: 0 done, 1 failed, 2 used wrongly, 3 busy.\n";

#define PLACE(member) offsetof(struct web_settings, member)

/* clang-format off */
static const struct setting setting_table[] = {
	{ "listen", SETTING_TEXT, PLACE(listen), "127.0.0.1:8080", 0, 0, "address and port for people; a proxy speaks TLS in front" },
	{ "behind_tls", SETTING_BOOL, PLACE(behind_tls), "false", 0, 0, "a proxy speaks TLS: __Host- cookies, HSTS" },
	{ "header_max", SETTING_INT, PLACE(header_max), "65536", 4096, 1048576, "bytes of a request's head" },
	{ "body_max", SETTING_INT, PLACE(body_max), "1048576", 4096, 67108864, "bytes of a JSON body" },
	{ "letter_max", SETTING_INT, PLACE(letter_max), "209715200", 1048576, 4294967296, "bytes of one letter" },
	{ "connections_max", SETTING_INT, PLACE(connections_max), "2000", 10, 100000, "open connections" },
	{ "idle_seconds", SETTING_INT, PLACE(idle_seconds), "120", 5, 3600, "seconds without a byte before a connection is closed" },
	{ "http_threads", SETTING_INT, PLACE(http_threads), "2", 1, 64, "threads that move bytes" },
	{ "workers", SETTING_INT, PLACE(workers), "4", 1, 64, "threads that read the database" },
	{ "waiting_max", SETTING_INT, PLACE(waiting_max), "4096", 16, 65536, "requests that may wait for a worker" },
	{ "readers", SETTING_INT, PLACE(readers), "2", 0, 64, "jailed processes that read letters; 0: letters are kept and not read" },
	{ "reader_path", SETTING_TEXT, PLACE(reader_path), "", 0, 0, "registry-reader; empty: beside this program" },
	{ "clamd", SETTING_TEXT, PLACE(clamd), "", 0, 0, "Unix socket of clamd; empty: no scanner for viruses" },
	{ "export_max", SETTING_INT, PLACE(export_max), "20000", 1, 100000, "lines of search results in one exported file" },
	{ "plain_anywhere", SETTING_BOOL, PLACE(plain_anywhere), "false", 0, 0, "accept mailboxes read without TLS on other machines; the gateway's setting of this name must allow it too" },
	{ NULL, SETTING_TEXT, 0, NULL, 0, 0, NULL },
};

static const struct option long_options[] = {
	{ "data", required_argument, NULL, 'd' },
	{ "organisation", required_argument, NULL, 'o' },
	{ "listen", required_argument, NULL, 'l' },
	{ "settings", required_argument, NULL, 's' },
	{ "print-settings", no_argument, NULL, 'p' },
	{ "print-routes", no_argument, NULL, 'R' },
	{ "name", required_argument, NULL, 'n' },
	{ "position", required_argument, NULL, 'P' },
	{ "unit", required_argument, NULL, 'u' },
	{ "role", required_argument, NULL, 'r' },
	{ "password-stdin", no_argument, NULL, 'i' },
	{ "keep-password", no_argument, NULL, 'k' },
	{ "wait", no_argument, NULL, 'w' },
	{ "apply", no_argument, NULL, 'y' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'v' },
	{ 0 },
};
/* clang-format on */

struct options {
	struct command command;
	const char *organisation, *listen, *settings_file;
	bool print_settings, print_routes, help, version;
};

static bool take_option(int option, struct options *options)
{
	struct command *command = &options->command;

	switch (option) {
	case 'd':
		command->folder = optarg;
		return true;
	case 'o':
		options->organisation = optarg;
		return true;
	case 'l':
		options->listen = optarg;
		return true;
	case 's':
		options->settings_file = optarg;
		return true;
	case 'p':
		options->print_settings = true;
		return true;
	case 'R':
		options->print_routes = true;
		return true;
	case 'n':
		command->name = optarg;
		return true;
	case 'P':
		command->position = optarg;
		return true;
	case 'u':
		command->unit = optarg;
		return true;
	case 'r':
		command->role = optarg;
		return true;
	case 'i':
		command->password_stdin = true;
		return true;
	case 'k':
		command->keep_password = true;
		return true;
	case 'w':
		command->wait = true;
		return true;
	case 'y':
		command->apply = true;
		return true;
	case 'h':
		options->help = true;
		return true;
	case 'v':
		options->version = true;
		return true;
	default:
		return false;
	}
}

/* --- init --------------------------------------------------------------- */

static bool write_secret(const struct command *command, const char *name,
			 const char *content, struct fail *why)
{
	return descriptor_write_file(
		arena_print(command->arena, "%s/%s", command->folder, name),
		bytes_of(content), 0600, why);
}

static bool make_keys(const struct command *command, struct fail *why)
{
	char public[SECRET_KEY_HEX_SIZE], private[SECRET_KEY_HEX_SIZE];
	char gateway[SECRET_TOKEN_SIZE], commands[SECRET_TOKEN_SIZE];

	secret_make_keys(public, private);
	secret_token(gateway);
	secret_token(commands);
	return write_secret(command, "gateway.token", gateway, why) &&
	       write_secret(command, "gateway.key", private, why) &&
	       write_secret(command, "gateway.pub", public, why) &&
	       write_secret(command, "command.token", commands, why);
}

static bool make_register(const struct options *options,
			  const char **ret_password, struct fail *why)
{
	const struct command *command = &options->command;
	auto_store *store = store_open(command->folder, true, why);
	auto_transaction *transaction = NULL;
	struct organisation organisation = { .name = options->organisation,
					     .superior = "",
					     .short_name = "",
					     .code = "",
					     .identifier = "",
					     .place = "" };
	struct user admin = { .login = "admin",
			      .name = "Quản trị",
			      .position = "",
			      .email = "",
			      .roles = 1u << ROLE_ADMINISTRATOR };
	struct actor actor = { .name = "init" };
	struct db *db;

	if (!store)
		return false;
	db = store_writer(store);
	if (organisation_load_first(db, command->arena, &organisation, why)) {
		fail(why, FAIL_CONFLICT, "'%s' has a register already",
		     command->folder);
		return fail_code(why, "init.exists",
				 "Thư mục này đã có sổ đăng ký.");
	}
	organisation.name = options->organisation;
	transaction = transaction_begin(db, why);
	if (!transaction || !organisation_create(db, &organisation,
						 &admin.organisation_id, why))
		return false;
	actor.organisation_id = admin.organisation_id;
	return user_add(db, &admin, &actor, command->arena, ret_password,
			why) &&
	       transaction_commit(transaction, why);
}

static int run_init(const struct options *options)
{
	const struct command *command = &options->command;
	const char *password;
	struct fail why;

	if (!options->organisation) {
		fprintf(stderr, "registry: init needs --organisation NAME\n");
		return 2;
	}
	if (mkdir(command->folder, 0700) < 0 && errno != EEXIST) {
		descriptor_fail(&why, "make folder", command->folder);
		return command_complain(&why);
	}
	if (!make_register(options, &password, &why) ||
	    !make_keys(command, &why))
		return command_complain(&why);
	printf("Đã tạo sổ của %s trong %s.\n", options->organisation,
	       command->folder);
	printf("tên đăng nhập (login): admin\n"
	       "mật khẩu dùng một lần (one-time password): %s\n",
	       password);
	return 0;
}

/* --- serve -------------------------------------------------------------- */

static int wait_for_end(void)
{
	sigset_t ends;
	int received = 0;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	(void)sigwait(&ends, &received);
	return received;
}

static int run_serve(const struct options *options)
{
	const struct command *command = &options->command;
	struct fail why;
	struct web *web;

	web = web_open(command->folder, &command->settings, &why);
	if (!web)
		return command_complain(&why);
	log_event(LOG_LEVEL_NOTICE, "serving", "address",
		  command->settings.listen, "data", command->folder, NULL);
	(void)sd_notify(0, "READY=1");
	(void)wait_for_end();
	(void)sd_notify(0, "STOPPING=1");
	web_close(&web);
	log_event(LOG_LEVEL_NOTICE, "stopped", NULL, NULL);
	return 0;
}

static int run_restore(const struct command *command)
{
	struct fail why;
	int64_t files;

	if (command->word_count != 1) {
		fprintf(stderr, "registry: usage: registry restore FILE\n");
		return 2;
	}
	if (!backup_restore(command->words[0], command->folder, &files, &why) ||
	    !make_keys(command, &why))
		return command_complain(&why);
	printf("%lld files; the mailboxes' passwords must be entered again, "
	       "for the gateway has a new key\n",
	       (long long)files);
	return 0;
}

/* --- main --------------------------------------------------------------- */

static int run(const struct options *options, const char *name)
{
	static const struct {
		const char *name;
		int (*run)(const struct command *command);
	} commands[] = {
		{ "unit", command_unit },
		{ "user", command_user },
		{ "mailbox", command_mailbox },
		{ "jobs", command_jobs_show },
		{ "export", command_export_all },
		{ "verify", command_verify_all },
		{ "replay", command_replay_all },
		{ "report", command_link_report },
		{ "trust", command_trust },
		{ "backup", command_backup_to },
		{ "restore", run_restore },
	};

	if (strcmp(name, "init") == 0)
		return run_init(options);
	if (strcmp(name, "serve") == 0)
		return run_serve(options);
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].run(&options->command);
	fputs(usage, stderr);
	return 2;
}

static bool read_settings(struct options *options, const char *name,
			  struct fail *why)
{
	struct command *command = &options->command;

	if (!settings_read(setting_table, options->settings_file,
			   &command->settings, command->arena, why))
		return false;
	if (options->listen)
		command->settings.listen = options->listen;
	if (strcmp(name, "serve") != 0 && !options->print_settings)
		command->settings.listen = NULL;
	return true;
}

static void prepare_process(void)
{
	const struct rlimit no_core = { 0, 0 };
	struct rlimit files;
	sigset_t ends;

	(void)setrlimit(RLIMIT_CORE, &no_core);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	(void)signal(SIGPIPE, SIG_IGN);
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	/* Threads inherit the mask; serve waits for these by itself. */
	(void)sigprocmask(SIG_BLOCK, &ends, NULL);
	(void)umask(0077);
	fault_open();
	secret_open();
	log_open("registry", LOG_LEVEL_INFO);
}

static int print_about(const struct options *options)
{
	auto_text out = { 0 };

	if (options->print_settings)
		settings_print(setting_table, &options->command.settings,
			       &out);
	else if (options->print_routes)
		web_print_routes(&out);
	else if (options->version)
		text_add(&out, "registry " PROGRAM_VERSION "\n");
	else
		text_add(&out, usage);
	fputs(text_string(&out), stdout);
	return 0;
}

int main(int argument_count, char **arguments)
{
	/* an export is held whole: room for it */
	auto_arena *arena = arena_create((size_t)4 << 30);
	struct options options = { .command.arena = arena };
	const char *name;
	struct fail why;
	int option;

	while ((option = getopt_long(argument_count, arguments, "",
				     long_options, NULL)) != -1)
		if (!take_option(option, &options))
			return 2;
	prepare_process();
	name = optind < argument_count ? arguments[optind] : "";
	if (!read_settings(&options, name, &why)) {
		(void)command_complain(&why);
		return 2;
	}
	if (options.help || options.version || options.print_settings ||
	    options.print_routes)
		return print_about(&options);
	if (!*name || !options.command.folder) {
		fputs(usage, stderr);
		return 2;
	}
	options.command.words = arena_array(arena, (size_t)argument_count,
					    sizeof(char *));
	for (int i = optind + 1; i < argument_count; i++)
		options.command.words[options.command.word_count++] =
			arguments[i];
	return run(&options, name);
}
