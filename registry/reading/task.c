#include "reading/task.h"
#include "base/descriptor.h"
#include "store/vault.h"
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

static bool size_of(int fd, size_t *ret_size, struct fail *why)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return descriptor_fail(why, "look at", "a letter");
	*ret_size = (size_t)status.st_size;
	return true;
}

/* What the disk gives must be what was stored. */
static bool check_letter(int fd, size_t size, const struct digest *digest,
			 struct fail *why)
{
	struct digest found = digest_of("", 0);
	char hex[DIGEST_HEX_SIZE];

	if (size > 0) {
		void *at = mmap(NULL, size, PROT_READ,
				MAP_PRIVATE | MAP_POPULATE, fd, 0);

		if (at == MAP_FAILED)
			return descriptor_fail(why, "map", "a letter");
		found = digest_of(at, size);
		(void)munmap(at, size);
	}
	if (digest_equal(&found, digest))
		return true;
	digest_print(digest, hex);
	fail(why, FAIL_BROKEN, "the content of file %s has changed", hex);
	return fail_code(why, "vault.damaged",
			 "Nội dung tệp trong kho đã bị thay đổi.");
}

/* A dead process takes nothing with it: the next letter gets a new one. */
static bool ask(struct post *post, const struct jailed_request *request,
		struct jailed_answer *ret_answer, struct fail *why)
{
	if (!post->jailed)
		post->jailed = jailed_create(post->path, why);
	if (!post->jailed)
		return false;
	if (jailed_read(post->jailed, request, ret_answer, why))
		return true;
	if (why->kind != FAIL_LIMIT && why->kind != FAIL_INVALID)
		jailed_destroy(&post->jailed);
	return false;
}

bool task_read(struct post *post, const struct digest *digest, bool keep,
	       struct arena *arena, struct result *ret, struct fail *why)
{
	auto_fd letter = vault_open_file(post->vault, digest, why);
	struct jailed_request request = { .letter = letter,
					  .deadline = post->deadline };
	struct result_request take = { .vault = keep ? post->vault : NULL,
				       .db = post->db,
				       .arena = arena };

	if (letter < 0 || !size_of(letter, &request.size, why) ||
	    !check_letter(letter, request.size, digest, why) ||
	    !ask(post, &request, &take.answer, why))
		return false;
	if (result_take(&take, ret, why))
		return true;
	if (why->kind == FAIL_REMOTE)
		jailed_destroy(&post->jailed);
	return false;
}
