#include "reader/tool.h"
#include "reader/jail.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

struct tool {
	const char *name;
	const char *path;
	char *const *arguments;
	char *const *folders; /* it reads these */
};

static char *const catdoc_arguments[] = { (char[]){ "catdoc" },
					  (char[]){ "-w" },
					  (char[]){ "-s" },
					  (char[]){ "cp1252" },
					  (char[]){ "-d" },
					  (char[]){ "utf-8" },
					  NULL };
static char *const catdoc_folders[] = { (char[]){ "/usr/share/catdoc" },
					NULL };

static const struct tool tools[] = { { "catdoc", "/usr/bin/catdoc",
				       catdoc_arguments, catdoc_folders } };

bool tool_become(const char *name, struct fail *why)
{
	char *const environment[] = { (char[]){ "LC_ALL=C.UTF-8" }, NULL };

	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		const struct tool *tool = &tools[i];

		if (strcmp(tool->name, name) != 0)
			continue;
		if (!jail_close_for(tool->path, tool->folders, why))
			return false;
		(void)execve(tool->path, tool->arguments, environment);
		return fail(why, FAIL_BROKEN, "start '%s': %s", tool->path,
			    strerror(errno));
	}
	return fail(why, FAIL_NOT_FOUND, "no tool is called '%s'", name);
}
