#include "base/descriptor.h"
#include "base/text.h"
#include "store/vault.h"
#include <dirent.h>
#include <string.h>

struct walk {
	bool (*each)(void *context, const struct digest *digest,
		     const char *path, struct fail *why);
	void *context;
};

static bool give(const struct walk *walk, const char *folder,
		 const char *name, struct fail *why)
{
	auto_text path = { 0 };
	auto_text hex = { 0 };
	struct digest digest;
	bool known;

	text_addf(&path, "%s/%s", folder, name);
	text_addf(&hex, "%s%s", folder, name);
	known = strlen(folder) == 2 && digest_parse(text_string(&hex), &digest);
	return walk->each(walk->context, known ? &digest : NULL,
			  text_string(&path), why);
}

static bool walk_folder(const struct walk *walk, const char *root,
			const char *folder, struct fail *why)
{
	auto_text path = { 0 };
	struct dirent *entry;
	bool ok = true;
	DIR *dir;

	text_addf(&path, "%s/%s", root, folder);
	dir = opendir(text_string(&path));
	if (!dir)
		return descriptor_fail(why, "read folder", text_string(&path));
	while (ok && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			ok = give(walk, folder, entry->d_name, why);
	(void)closedir(dir);
	return ok;
}

bool vault_list(struct vault *vault,
		bool (*each)(void *context, const struct digest *digest,
			     const char *path, struct fail *why),
		void *context, struct fail *why)
{
	const struct walk walk = { each, context };
	const char *root = vault_folder(vault);
	struct dirent *entry;
	bool ok = true;
	DIR *dir = opendir(root);

	if (!dir)
		return descriptor_fail(why, "read folder", root);
	while (ok && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.' &&
		    strcmp(entry->d_name, "new") != 0)
			ok = walk_folder(&walk, root, entry->d_name, why);
	(void)closedir(dir);
	return ok;
}
