/*
 * What tests of the reader's formats share: a request over bytes, and ZIP
 * files made on the spot.
 */
#pragma once
#include "reader/document.h"
#include "support/test.h"
#include <archive.h>
#include <archive_entry.h>

enum {
	ROOM_SIZE = 8 * 1024 * 1024,
	MADE_MAX = 4 * 1024 * 1024
};

struct reading {
	struct arena *arena;
	struct document document;
	struct document_request request;
	struct fail why;
};

static inline struct reading read_content(struct bytes content,
					  const char *name)
{
	static unsigned char room[ROOM_SIZE];
	struct reading reading = { .arena = arena_create(0) };

	reading.request = (struct document_request){
		.content = content,
		.name = name,
		.room = room,
		.room_size = sizeof(room)
	};
	assert_true(document_read(&reading.request, reading.arena,
				  &reading.document, &reading.why));
	return reading;
}

static inline void reading_done(struct reading *reading)
{
	arena_destroy(&reading->arena);
}

static inline bool reading_has_flag(const struct reading *reading,
				    const char *flag)
{
	for (size_t i = 0; i < reading->document.flag_count; i++) {
		if (strcmp(reading->document.flags[i], flag) == 0)
			return true;
	}
	return false;
}

/* The content of the member as a string; it must be short. */
static inline const char *reading_member(const struct reading *reading,
					 size_t i)
{
	static char text[4096];
	const struct document_member *member;

	assert_true(i < reading->document.member_count);
	member = &reading->document.members[i];
	assert_true(member->size < sizeof(text));
	memcpy(text, reading->request.room + member->at, member->size);
	text[member->size] = '\0';
	return text;
}

struct made {
	struct archive *archive;
	unsigned char bytes[MADE_MAX];
	size_t size;
};

/* "zip", "7zip", "ustar" */
static inline struct made *made_open(const char *format)
{
	struct made *made = calloc(1, sizeof(*made));

	made->archive = archive_write_new();
	assert_int_equal(archive_write_set_format_by_name(made->archive,
							  format),
			 ARCHIVE_OK);
	(void)archive_write_set_bytes_in_last_block(made->archive, 1);
	assert_int_equal(archive_write_open_memory(made->archive, made->bytes,
						   sizeof(made->bytes),
						   &made->size),
			 ARCHIVE_OK);
	return made;
}

static inline void made_add(struct made *made, const char *name,
			    const void *content, size_t size)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)size);
	assert_true(archive_write_header(made->archive, entry) >=
		    ARCHIVE_WARN);
	assert_int_equal(archive_write_data(made->archive, content, size),
			 (la_ssize_t)size);
	archive_entry_free(entry);
}

static inline void made_add_text(struct made *made, const char *name,
				 const char *content)
{
	made_add(made, name, content, strlen(content));
}

static inline struct bytes made_close(struct made *made)
{
	assert_int_equal(archive_write_free(made->archive), ARCHIVE_OK);
	return (struct bytes){ made->bytes, made->size };
}
