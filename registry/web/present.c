/* How things look in an answer, where several answers show them. */
#include "web/visit.h"

void present_roles(struct tree *out, unsigned roles)
{
	struct tree *list = tree_set_list(out, "roles");

	for (int role = 0; role < ROLE_COUNT; role++)
		if (roles & 1u << role)
			tree_add_text(list, role_name((enum role)role));
}

void present_digest(struct tree *out, const struct digest *digest)
{
	char hex[DIGEST_HEX_SIZE];

	digest_print(digest, hex);
	tree_set_text(out, "sha256", hex);
}
