/*
 * The registry's commands, told to the running service over its socket. Where
 * none runs, the command starts the service for itself, without TCP.
 */
#pragma once
#include "base/arena.h"
#include "base/tree.h"
#include "web/web.h"

struct command {
	const char *folder;			   /* --data */
	const char *name, *position, *unit, *role; /* user add */
	bool password_stdin, keep_password, wait, apply;
	const char **words; /* what is not an option */
	int word_count;
	struct web_settings settings;
	struct arena *arena;
};

/* Exit codes: 0 done, 1 failed, 2 used wrongly, 3 busy. */
int command_user(const struct command *command);
int command_unit(const struct command *command);
int command_mailbox(const struct command *command);
int command_jobs_show(const struct command *command);
int command_export_all(const struct command *command);
int command_verify_all(const struct command *command);
int command_replay_all(const struct command *command);
int command_backup_to(const struct command *command);

int command_link_report(const struct command *command);
int command_trust(const struct command *command);

/* For the sources of commands. */
int command_complain(const struct fail *why);
int command_used_wrongly(const char *how);
struct tree *command_ask(const struct command *command, const char *method,
			 const char *path, const struct tree *body,
			 struct fail *why);
