#include "reading/task.h"
#include "base/descriptor.h"
#include "base/tree.h"
#include "reading/tool.h"
#include "store/vault.h"
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

static bool size_of(int fd, size_t *ret_size, struct fail *why)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return descriptor_fail(why, "look at", "a file");
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
			return descriptor_fail(why, "map", "a file");
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

/* The content, held against its digest. */
static int open_content(struct post *post, const struct digest *digest,
			size_t *ret_size, struct fail *why)
{
	auto_fd content = vault_open_file(post->vault, digest, why);
	int kept;

	if (content < 0 || !size_of(content, ret_size, why) ||
	    !check_letter(content, *ret_size, digest, why))
		return -1;
	kept = content;
	content = -1;
	return kept;
}

static struct result_request take_request(const struct post *post,
					  const struct task_request *request,
					  struct arena *arena)
{
	return (struct result_request){
		.vault = request->keep ? post->vault : NULL,
		.db = post->db,
		.arena = arena,
		.digest = *request->digest,
		.folder = request->keep ? post->folder : NULL,
	};
}

static bool end_nonsense(struct post *post, const struct fail *why)
{
	if (why->kind == FAIL_REMOTE)
		jailed_destroy(&post->jailed);
	return false;
}

bool task_read(struct post *post, const struct task_request *request,
	       struct arena *arena, struct result *ret, struct fail *why)
{
	struct jailed_request asked = { .kind = "mail",
					.deadline = post->deadline };
	struct result_request take = take_request(post, request, arena);
	auto_fd letter =
		open_content(post, request->digest, &asked.size, why);

	asked.content = letter;
	if (letter < 0 || !ask(post, &asked, &take.answer, why))
		return false;
	return result_take(&take, ret, why) || end_nonsense(post, why);
}

bool task_read_file(struct post *post, const struct task_request *request,
		    struct arena *arena, struct file_result *ret,
		    struct fail *why)
{
	struct jailed_request asked = {
		.kind = "file",
		.deadline = request->deadline ? request->deadline
					      : post->deadline,
		.recognise = request->recognise,
		.name = request->name,
		.stop = post->stop,
	};
	struct result_request take = take_request(post, request, arena);
	auto_fd content =
		open_content(post, request->digest, &asked.size, why);

	asked.content = content;
	if (content < 0)
		return false;
	if (!ask(post, &asked, &take.answer, why)) {
		if (why->kind != FAIL_LIMIT && why->kind != FAIL_INVALID)
			return false;
		file_result_refuse(ret, why->kind == FAIL_LIMIT ? "limit"
								: "invalid");
		return true;
	}
	if (!file_result_take(&take, ret, why))
		return end_nonsense(post, why);
	return tool_needed(ret) ? tool_read(post, &asked, &take, ret, why)
				: true;
}

bool task_draw(struct post *post, const struct digest *digest, int64_t page,
	       int64_t width, struct bytes *ret_image, struct fail *why)
{
	struct jailed_request asked = { .kind = "page",
					.deadline = post->deadline,
					.page = page,
					.width = width };
	auto_fd content = open_content(post, digest, &asked.size, why);
	struct jailed_answer answer;
	auto_tree *said = NULL;
	int64_t at, size;

	asked.content = content;
	if (content < 0 || !ask(post, &asked, &answer, why))
		return false;
	said = tree_parse(answer.json, why);
	at = said ? tree_int(said, "at", -1) : -1;
	size = said ? tree_int(said, "bytes", -1) : -1;
	if (at < 0 || size <= 0 || (uint64_t)at > answer.room.size ||
	    (uint64_t)size > answer.room.size - (size_t)at) {
		fail(why, FAIL_REMOTE, "the reader gave no sound image");
		return end_nonsense(post, why);
	}
	*ret_image = bytes_part(answer.room, (size_t)at, (size_t)(at + size));
	return true;
}

bool task_scan(struct post *post, const struct digest *digest,
	       struct scanner_answer *ret, struct fail *why)
{
	struct scanner_request request = { .path = post->scanner,
					   .deadline = post->deadline };
	auto_fd content = -1;

	*ret = (struct scanner_answer){ .verdict = SCANNER_CLEAN };
	if (!post->scanner)
		return true;
	content = vault_open_file(post->vault, digest, why);
	if (content < 0 || !size_of(content, &request.size, why))
		return false;
	request.content = content;
	*ret = scanner_ask(&request);
	return true;
}
