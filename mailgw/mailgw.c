/*
 * mailgw: reads mailboxes and hands their letters to the registry.
 */
#include "base/descriptor.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/secret.h"
#include "sync/check.h"
#include "sync/supervise.h"
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
	"mailgw: đọc các hộp thư và chuyển thư vào sổ\n"
	"\n"
	"  mailgw once  OPTIONS          đọc mọi hộp thư một lượt\n"
	"                                read every mailbox once\n"
	"  mailgw run   OPTIONS          đọc mãi, IDLE nơi nào có\n"
	"                                read for ever\n"
	"  mailgw check OPTIONS ADDRESS  giải thích từng bước một hộp thư\n"
	"                                explain one mailbox step by step\n"
	"  mailgw keygen FILE            tạo khóa, in nửa công khai\n"
	"                                make a key, print its public half\n"
	"\n"
	"  --registry unix:DIR/registry.sock | https://HOST\n"
	"  --token-file FILE     DIR/gateway.token\n"
	"  --key-file FILE       DIR/gateway.key\n"
	"  --ca FILE             trust these certificates instead of the "
	"system's\n"
	"  --registry-ca FILE    the same for https to the registry\n"
	"  --settings FILE       see --print-settings\n"
	"  --set NAME=VALUE      one setting\n"
	"  --print-settings      all settings with their meaning\n"
	"\n"
	"`once` ends with 0 only when every mailbox was read.\n";

struct options {
	const char *registry, *token_file, *key_file, *ca_file, *registry_ca;
	bool print_settings;
};

static int complain(const struct fail *why)
{
	fprintf(stderr, "mailgw: %s\n", why->sentence);
	if (why->hint)
		fprintf(stderr, "        %s\n", why->hint);
	return 2;
}

/* --- options ------------------------------------------------------------ */

static const struct option long_options[] = {
	{ "registry", required_argument, NULL, 'r' },
	{ "token-file", required_argument, NULL, 't' },
	{ "key-file", required_argument, NULL, 'k' },
	{ "ca", required_argument, NULL, 'c' },
	{ "registry-ca", required_argument, NULL, 'C' },
	{ "settings", required_argument, NULL, 's' },
	{ "set", required_argument, NULL, 'S' },
	{ "print-settings", no_argument, NULL, 'p' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static bool set_one(const char *pair, struct gateway *gateway,
		    struct arena *arena, struct fail *why)
{
	const char *equal = strchr(pair, '=');

	if (!equal)
		return fail(why, FAIL_INVALID, "--set wants NAME=VALUE");
	return settings_set(gateway_setting_table,
			    arena_copy_part(arena, pair,
					    (size_t)(equal - pair)),
			    equal + 1, &gateway->settings, arena, why);
}

static bool take_option(int option, struct options *options,
			struct gateway *gateway, struct arena *arena,
			struct fail *why)
{
	switch (option) {
	case 'r':
		options->registry = optarg;
		return true;
	case 't':
		options->token_file = optarg;
		return true;
	case 'k':
		options->key_file = optarg;
		return true;
	case 'c':
		options->ca_file = optarg;
		return true;
	case 'C':
		options->registry_ca = optarg;
		return true;
	case 'p':
		options->print_settings = true;
		return true;
	case 's':
		return settings_read(gateway_setting_table, optarg,
				     &gateway->settings, arena, why);
	case 'S':
		return set_one(optarg, gateway, arena, why);
	default:
		return fail(why, FAIL_INVALID,
			    "unknown option; see mailgw --help");
	}
}

/* 0: go on; else the exit code + 1. */
static int read_options(int count, char **arguments, struct options *options,
			struct gateway *gateway, struct arena *arena)
{
	struct fail why = { 0 };
	int option;

	if (!settings_read(gateway_setting_table, NULL, &gateway->settings,
			   arena, &why))
		return complain(&why) + 1;
	while ((option = getopt_long(count, arguments, "h", long_options,
				     NULL)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return 1;
		}
		if (!take_option(option, options, gateway, arena, &why))
			return complain(&why) + 1;
	}
	return 0;
}

/* --- what a command needs ----------------------------------------------- */

static bool read_word(const char *path, const char *option,
		      struct arena *arena, const char **ret_word,
		      struct fail *why)
{
	struct bytes content;
	size_t size = 0;

	if (!path)
		return fail(why, FAIL_INVALID, "%s is missing", option);
	if (!descriptor_read_file(path, 64 * 1024, arena, &content, why))
		return false;
	while (size < content.size && content.data[size] > 0x20)
		size++;
	if (size == 0)
		return fail(why, FAIL_INVALID, "the file '%s' is empty", path);
	*ret_word = arena_copy_part(arena, (const char *)content.data, size);
	return true;
}

static bool prepare(struct gateway *gateway, const struct options *options,
		    struct arena *arena, struct fail *why)
{
	char public_key[SECRET_KEY_HEX_SIZE];

	if (!options->registry)
		return fail(why, FAIL_INVALID, "--registry is missing");
	if (!read_word(options->token_file, "--token-file", arena,
		       &gateway->uplink.token, why) ||
	    !read_word(options->key_file, "--key-file", arena,
		       &gateway->private_key, why))
		return false;
	if (!secret_public_of(gateway->private_key, public_key))
		return fail(why, FAIL_INVALID, "'%s' holds no gateway key",
			    options->key_file);
	gateway->uplink.registry = options->registry;
	gateway->uplink.ca_file = options->registry_ca;
	gateway->uplink.lanes = (unsigned)gateway->settings.lanes;
	gateway->uplink.limit = gateway->settings.registry_seconds * 1000;
	gateway->ca_file = options->ca_file;
	gateway->quiet = isatty(STDOUT_FILENO);
	return true;
}

static int make_key(const char *path)
{
	char public_key[SECRET_KEY_HEX_SIZE], private_key[SECRET_KEY_HEX_SIZE];
	struct fail why = { 0 };

	if (!path) {
		fail(&why, FAIL_INVALID, "keygen wants the file to write");
		return complain(&why);
	}
	if (access(path, F_OK) == 0) {
		fail(&why, FAIL_CONFLICT,
		     "'%s' exists; a key is never "
		     "overwritten",
		     path);
		return complain(&why);
	}
	secret_make_keys(public_key, private_key);
	if (!descriptor_write_file(path, bytes_of(private_key), 0600, &why))
		return complain(&why);
	secret_wipe(private_key, sizeof(private_key));
	puts(public_key);
	return 0;
}

static void print_settings(const struct gateway *gateway)
{
	auto_text file = { 0 };

	settings_print(gateway_setting_table, &gateway->settings, &file);
	fputs(text_string(&file), stdout);
}

static int run_command(const char *command, const char *argument,
		       const struct options *options, struct gateway *gateway,
		       struct arena *arena)
{
	struct fail why = { 0 };

	if (strcmp(command, "keygen") == 0)
		return make_key(argument);
	if (!prepare(gateway, options, arena, &why))
		return complain(&why);
	uplink_open();
	if (strcmp(command, "once") == 0)
		return supervise_once(gateway);
	if (strcmp(command, "run") == 0)
		return supervise_forever(gateway);
	if (strcmp(command, "check") == 0 && argument)
		return check_mailbox(gateway, argument);
	fail(&why, FAIL_INVALID, "unknown command; see mailgw --help");
	return complain(&why);
}

int main(int count, char **arguments)
{
	auto_arena *arena = arena_create(0);
	struct options options = { 0 };
	struct gateway gateway = { 0 };
	int done;

	fault_open();
	secret_open();
	log_open("mailgw", LOG_LEVEL_INFO);
	done = read_options(count, arguments, &options, &gateway, arena);
	if (done > 0)
		return done - 1;
	if (options.print_settings) {
		print_settings(&gateway);
		return 0;
	}
	if (optind >= count) {
		fputs(usage, stderr);
		return 2;
	}
	return run_command(arguments[optind],
			   optind + 1 < count ? arguments[optind + 1] : NULL,
			   &options, &gateway, arena);
}
