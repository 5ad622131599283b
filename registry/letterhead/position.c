#include "letterhead/position.h"
#include "base/bytes.h"
#include "letterhead/term.h"
#include "viet/character.h"
#include <string.h>

/* clang-format off */
const char *const position_names[] = {
	"Chủ tịch", "Phó Chủ tịch", "Phó Chủ tịch Thường trực",
	"Chủ tịch Hội đồng", "Giám đốc", "Phó Giám đốc", "Tổng Giám đốc",
	"Phó Tổng Giám đốc", "Giám đốc điều hành", "Bộ trưởng",
	"Bộ trưởng, Chủ nhiệm", "Thứ trưởng", "Thứ trưởng Thường trực",
	"Thủ tướng", "Phó Thủ tướng", "Chánh Văn phòng",
	"Phó Chánh Văn phòng", "Bộ trưởng, Chủ nhiệm Văn phòng",
	"Chánh Thanh tra", "Phó Chánh Thanh tra", "Tổng Thanh tra",
	"Phó Tổng Thanh tra", "Cục trưởng", "Phó Cục trưởng",
	"Tổng cục trưởng", "Phó Tổng cục trưởng", "Chi cục trưởng",
	"Phó Chi cục trưởng", "Vụ trưởng", "Phó Vụ trưởng", "Trưởng phòng",
	"Phó Trưởng phòng", "Trưởng ban", "Phó Trưởng ban",
	"Phó Trưởng ban Thường trực", "Viện trưởng", "Phó Viện trưởng",
	"Hiệu trưởng", "Phó Hiệu trưởng", "Bí thư", "Phó Bí thư",
	"Phó Bí thư Thường trực", "Bí thư thứ nhất", "Tổng Bí thư",
	"Chủ nhiệm", "Phó Chủ nhiệm", "Thống đốc", "Phó Thống đốc",
	"Chánh án", "Phó Chánh án", "Kế toán trưởng", "Thủ trưởng",
	"Đội trưởng", "Phó Đội trưởng", "Hạt trưởng", "Phó Hạt trưởng",
	"Trạm trưởng", "Phó Trạm trưởng", "Trưởng trạm", "Tư lệnh",
	"Phó Tư lệnh", "Chính ủy", "Chỉ huy trưởng", "Phó Chỉ huy trưởng",
	"Tham mưu trưởng", "Ủy viên", "Tổ trưởng", "Phó Tổ trưởng",
	"Trưởng Công an", "Phó Trưởng Công an", "Trưởng đoàn",
	"Phó Trưởng đoàn", "Tổng Kiểm toán", "Tổng Biên tập",
	"Phó Tổng Biên tập", "Trưởng khoa", "Phó Trưởng khoa",
	"Trưởng bộ môn", "Quản đốc", "Chi hội trưởng", "Kiểm toán trưởng",
	"Trưởng đại diện", "Người đứng đầu", "Trưởng Chi nhánh", "Giám thị",
	"Giám đốc Sở", "Phó Giám đốc Sở", "Giám đốc Trung tâm",
	"Phó Giám đốc Trung tâm",
	"Phụ trách", "Phụ trách phòng", "Chủ tọa", "Thư ký", "Chủ trì",
	"Người ghi biên bản", "Trưởng thôn", "Tổ trưởng tổ dân phố",
	"Chủ tịch Hội đồng quản trị", "Chủ tịch Hội đồng thành viên",
	"Chủ tịch Công đoàn", "Giám đốc Chi nhánh", "Phó Giám đốc phụ trách",
	"Phó Trưởng phòng phụ trách", "Ủy viên Thường trực",
	"Phó Giám đốc Thường trực", "Phó Tổng Giám đốc Thường trực",
	"Phó Chánh Văn phòng Thường trực", "Tổng Cục trưởng", "Quyền Giám đốc",
	"Viện phó", "Hiệu phó", "Trưởng Trung tâm", "Đại diện", "Chủ đầu tư",
	"Phó Viện trưởng Thường trực", "Phó Hiệu trưởng phụ trách",
	"Trưởng trạm", "Phó Trưởng trạm", "Giám đốc Sở", "Chủ cơ sở",
	"Phó Kiểm toán trưởng", "Phó Tổng Kiểm toán", "Phó Trưởng đại diện",
};
/* clang-format on */

const size_t position_count = sizeof position_names / sizeof position_names[0];

enum {
	COMPACT_SIZE = 64,
	END = 6, /* letters that tell a position by its end */
	LONG = 8 /* shorter names must be right */
};

static size_t compact_of(const char *name, char ret_compact[COMPACT_SIZE])
{
	struct bytes text = bytes_of(name);
	size_t at = 0, size = 0;

	while (at < text.size && size < COMPACT_SIZE - 1) {
		uint32_t c = character_base(
			character_lower(character_read(text, &at)));

		if (c >= 'a' && c <= 'z')
			ret_compact[size++] = (char)c;
	}
	ret_compact[size] = '\0';
	return size;
}

bool position_begins(const char *compact, size_t wrong)
{
	char own[COMPACT_SIZE], start[COMPACT_SIZE];

	for (size_t i = 0; i < position_count; i++) {
		size_t size = compact_of(position_names[i], own);
		size_t limit = size < LONG ? 0 : wrong;

		if (strlen(compact) < size)
			continue;
		memcpy(start, compact, size);
		start[size] = '\0';
		if (term_distance(start, own, limit) <= limit)
			return true;
	}
	return false;
}

const char *position_by_end(const char *compact)
{
	char own[COMPACT_SIZE];
	size_t size = strlen(compact), best = COMPACT_SIZE;
	const char *found = NULL;

	if (size < END)
		return NULL;
	for (size_t i = 0; i < position_count; i++) {
		size_t length = compact_of(position_names[i], own);

		/* a letter at the cut may be anything */
		if (length + 1 < size || length >= best)
			continue;
		if (strcmp(own + length - (size - 1), compact + 1) == 0) {
			best = length;
			found = position_names[i];
		}
	}
	return found;
}

const char *position_nearest(const char *compact)
{
	char own[COMPACT_SIZE];
	size_t limit = strlen(compact) < LONG ? 1 : 2, best = limit + 1;
	const char *found = NULL;

	if (strlen(compact) < END)
		return NULL;
	for (size_t i = 0; i < position_count; i++) {
		size_t distance;

		(void)compact_of(position_names[i], own);
		distance = term_distance(compact, own, limit);
		if (distance < best) {
			best = distance;
			found = position_names[i];
		}
	}
	return found;
}
