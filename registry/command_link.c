/*
 * registry report linking, registry trust: how good the rules of links are,
 * and whom the rule that registers trusts.
 */
#include "command.h"
#include <stdio.h>
#include <string.h>

static void print_share(int64_t right, int64_t all)
{
	if (all)
		printf(" %8.2f %%", 100.0 * (double)right / (double)all);
	else
		printf(" %10s", "-");
}

/* Precision of what rules did, of what they proposed, of their first word;
 * recall of all of it against what people found. */
static void print_kind(const struct tree *kind)
{
	int64_t linked = tree_int(kind, "linked", 0);
	int64_t unlinked = tree_int(kind, "unlinked", 0);
	int64_t accepted = tree_int(kind, "accepted", 0);
	int64_t rejected = tree_int(kind, "rejected", 0);
	int64_t missed = tree_int(kind, "missed", 0);

	if (!linked && !unlinked && !accepted && !rejected && !missed &&
	    !tree_int(kind, "proposed", 0))
		return;
	printf("%-11s %7lld", tree_text(kind, "kind", ""),
	       (long long)(linked + unlinked));
	print_share(linked, linked + unlinked);
	printf(" %8lld", (long long)(accepted + rejected));
	print_share(accepted, accepted + rejected);
	print_share(tree_int(kind, "first_right", 0),
		    tree_int(kind, "decided", 0));
	printf(" %7lld", (long long)missed);
	print_share(linked + accepted, linked + accepted + missed);
	printf(" %7lld\n", (long long)tree_int(kind, "proposed", 0));
}

int command_link_report(const struct command *command)
{
	struct fail why;
	auto_tree *answer = NULL;
	const struct tree *kinds;

	if (command->word_count != 1 ||
	    strcmp(command->words[0], "linking") != 0)
		return command_used_wrongly("report linking");
	answer = command_ask(command, "GET", "links", NULL, &why);
	if (!answer)
		return command_complain(&why);
	printf("%-11s %7s %10s %8s %10s %10s %7s %10s %7s\n", "kind",
	       "at once", "precision", "proposed", "precision", "first",
	       "missed", "recall", "waiting");
	kinds = tree_member(answer, "kinds");
	for (size_t i = 0; i < tree_count(kinds); i++)
		print_kind(tree_at(kinds, i));
	return 0;
}

static int print_trust(const struct tree *answer)
{
	const struct tree *items = tree_member(answer, "items");
	const char *server = tree_text(answer, "server", "");

	printf("%s; Authentication-Results: %s\n",
	       tree_bool(answer, "on", false) ? "on" : "off",
	       *server ? server : "-");
	for (size_t i = 0; i < tree_count(items); i++) {
		const struct tree *one = tree_at(items, i);

		printf("%-10s %s  %s\n", tree_text(one, "kind", ""),
		       tree_text(one, "value", ""),
		       tree_text(one, "note", ""));
	}
	return 0;
}

static bool fill(const struct command *command, struct tree *body)
{
	const char *what = command->word_count ? command->words[0] : "list";
	const char *word = command->word_count > 1 ? command->words[1] : NULL;
	bool is_add = strcmp(what, "add") == 0;

	if (command->word_count > 2)
		return false;
	tree_set_text(body, "do", what);
	if (is_add || strcmp(what, "remove") == 0) {
		if (!word)
			return false;
		tree_set_text(body, "value", word);
		if (is_add)
			tree_set_text(body, "kind",
				      strchr(word, '@') ? "address"
							: "signature");
		if (is_add && command->name)
			tree_set_text(body, "note", command->name);
		return true;
	}
	if (word)
		tree_set_text(body, "server", word);
	return strcmp(what, "on") == 0 || (strcmp(what, "off") == 0 && !word);
}

int command_trust(const struct command *command)
{
	bool is_list = !command->word_count ||
		       strcmp(command->words[0], "list") == 0;
	auto_tree *body = tree_create();
	auto_tree *answer = NULL;
	struct fail why;

	if (!is_list && !fill(command, body))
		return command_used_wrongly(
			"trust list | add ADDRESS|CERTIFICATE [--name NOTE] | "
			"remove VALUE | on [SERVER] | off");
	answer = command_ask(command, is_list ? "GET" : "POST", "trust",
			     is_list ? NULL : body, &why);
	if (!answer)
		return command_complain(&why);
	return print_trust(answer);
}
