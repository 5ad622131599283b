#include "reader/pdf_member.h"
#include "reader/member.h"
#include <string.h>

enum {
	MEMBERS_MAX = 1000
};

struct unpacking {
	const struct document_request *request;
	struct member_space space;
	size_t size;
	bool over;
};

static gboolean take_bytes(const gchar *bytes, gsize size, gpointer context,
			   GError **error)
{
	struct unpacking *unpacking = context;

	if (size > unpacking->space.size - unpacking->size) {
		unpacking->over = true;
		g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
				    "no room");
		return FALSE;
	}
	memcpy(unpacking->space.at + unpacking->size, bytes, size);
	unpacking->size += size;
	return TRUE;
}

static const char *name_of(PopplerAttachment *attachment, struct arena *arena)
{
	const char *name = poppler_attachment_get_name(attachment);

	return name ? member_name(bytes_of(name), arena) : NULL;
}

static bool add_member(struct unpacking *unpacking,
		       PopplerAttachment *attachment,
		       struct document *document, struct fail *why)
{
	const struct document_request *request = unpacking->request;
	struct document_member *member;
	gboolean ok;

	unpacking->space = member_space(request, document);
	unpacking->size = 0;
	ok = poppler_attachment_save_to_callback(attachment, take_bytes,
						 unpacking, NULL);
	if (unpacking->over)
		return fail(why, FAIL_LIMIT,
			    "the files inside need more than %zu bytes",
			    request->room_size);
	member = member_add(request, document, unpacking->size,
			    name_of(attachment, document->arena));
	member->flag = ok ? NULL : "broken";
	return true;
}

bool pdf_member_read(PopplerDocument *source,
		     const struct document_request *request,
		     struct document *document, struct fail *why)
{
	struct unpacking unpacking = { .request = request };
	GList *list, *at;
	bool ok = true;

	if (!poppler_document_has_attachments(source))
		return true;
	list = poppler_document_get_attachments(source);
	for (at = list; at && ok; at = at->next) {
		if (document->member_count == MEMBERS_MAX) {
			document_flag(document, "limit.members");
			break;
		}
		if (POPPLER_IS_ATTACHMENT(at->data))
			ok = add_member(&unpacking, at->data, document, why);
	}
	g_list_free_full(list, g_object_unref);
	return ok;
}
