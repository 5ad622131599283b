#include "letterhead/casing.h"
#include "base/bytes.h"
#include "base/text.h"
#include "letterhead/known.h"
#include "letterhead/parts.h"
#include "letterhead/position.h"
#include "viet/character.h"
#include "viet/fold.h"
#include "viet/syllable.h"
#include <string.h>

enum {
	LETTERS_MAX = 16,
};

/* Names as they are written; the longest that fits is taken. */
/* clang-format off */
static const char *const names[] = {
	"Ủy ban nhân dân", "Hội đồng nhân dân", "Văn phòng", "Văn phòng Chính phủ",
	"Thủ tướng Chính phủ", "Chính phủ", "Quốc hội", "Chủ tịch nước",
	"Nông nghiệp", "Phát triển nông thôn", "Môi trường", "Tài nguyên",
	"Kế hoạch", "Đầu tư", "Tài chính", "Giáo dục", "Đào tạo", "Khoa học",
	"Công nghệ", "Thông tin", "Truyền thông", "Văn hóa", "Văn hoá",
	"Thể thao", "Du lịch", "Lao động", "Thương binh", "Xã hội",
	"Giao thông vận tải", "Xây dựng", "Công Thương", "Nội vụ", "Tư pháp",
	"Ngoại vụ", "Ngoại giao", "Y tế", "Dân tộc", "Tôn giáo", "Quốc phòng",
	"Công an", "Bộ Công an", "Việt Nam", "Mặt trận Tổ quốc Việt Nam",
	"Đoàn Thanh niên", "Cộng sản", "Hồ Chí Minh", "Hội Nông dân",
	"Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Liên đoàn Lao động",
	"Kho bạc Nhà nước", "Ngân hàng Nhà nước", "Bảo hiểm xã hội",
	"Tòa án nhân dân", "Toà án nhân dân", "Viện kiểm sát nhân dân",
	"Thi hành án dân sự", "Trồng trọt", "Bảo vệ thực vật", "Chăn nuôi",
	"Thú y", "Thủy lợi", "Thủy sản", "Kiểm lâm", "Lâm nghiệp",
	"Khuyến nông", "Quản lý", "Kiểm soát bệnh tật", "Đại học",
	"Cao đẳng", "Trung học phổ thông", "Trung học cơ sở", "Tiểu học",
	"Mầm non", "Tổ chức", "Hành chính", "Tuyên giáo", "Dân vận",
	"Nội chính", "Kiểm tra", "Tỉnh ủy", "Thành ủy", "Huyện ủy",
	"Quận ủy", "Đảng ủy", "Thường vụ", "Chấp hành", "Trung ương",
	"Đảng bộ", "Thanh tra", "Quân sự", "Phòng cháy, chữa cháy",
	"Phòng, chống thiên tai", "Tìm kiếm cứu nạn", "Đường bộ",
	"Đăng ký đất đai", "Quỹ đất", "Thống kê", "Thuế", "Hải quan",
	"Quản lý thị trường", "Đo lường", "Chất lượng", "Đê điều",
};
/* words behind which a place follows, and the place is all capitals */
static const char *const places[] = {
	"tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "phường",
	"xã", "đặc khu", "tp", "thôn", "tp.", "Tỉnh ủy", "Thành ủy",
	"Huyện ủy", "Quận ủy", "Đảng bộ tỉnh",
};
/* words of names: of what was recognised the letters say which they are */
static const char *const common[] = {
	"chỉ huy", "chỉ đạo", "quân sự", "dân sự", "phòng thủ", "phòng chống",
	"khu vực", "khu kinh tế", "khu công nghiệp", "nhà nước", "kiểm toán",
	"kiểm sát", "kiểm soát", "kiểm định", "kiểm nghiệm", "kiểm dịch",
	"liên đoàn", "liên hiệp", "liên minh", "phục vụ", "hành chính",
	"hành chính công", "dịch vụ", "đa khoa", "chuyên khoa", "bệnh viện",
	"bệnh tật", "y học", "y tế", "cổ truyền", "kỹ thuật", "nghiệp vụ",
	"công nghiệp", "công nghệ", "công trình", "công ích", "công ty",
	"cổ phần", "trách nhiệm", "thành viên", "tổng công ty", "tập đoàn",
	"điện lực", "năng lượng", "viễn thông", "bưu điện", "xuất bản",
	"kinh tế", "kinh doanh", "hạ tầng", "đô thị", "thị trường", "dự án",
	"đầu tư", "xây dựng", "giao thông", "vận tải", "đường thủy",
	"đường bộ", "đường sắt", "hàng không", "hàng hải", "cấp nước",
	"thoát nước", "trung tâm", "trung ương", "trung cấp", "trung học",
	"phổ thông", "tiểu học", "mầm non", "mẫu giáo", "đại học", "cao đẳng",
	"học viện", "giáo dục", "đào tạo", "bồi dưỡng", "nghiên cứu",
	"ứng dụng", "khoa học", "phụ nữ", "thanh niên", "thiếu niên",
	"cựu chiến binh", "chữ thập đỏ", "người cao tuổi", "văn học",
	"nghệ thuật", "văn hóa", "thể thao", "du lịch", "thông tin",
	"truyền thông", "phát thanh", "truyền hình", "báo chí", "bảo tàng",
	"di sản", "thư viện", "hợp tác xã", "ngân hàng", "chính sách",
	"tín dụng", "chi nhánh", "bảo hiểm", "xã hội", "bảo vệ", "bảo trợ",
	"lâm nghiệp", "lâm sản", "nông nghiệp", "nông sản", "nông thôn",
	"nông dân", "thủy lợi", "thủy sản", "thủy điện", "trồng trọt",
	"chăn nuôi", "thú y", "thực vật", "động vật", "giống cây trồng",
	"quản lý", "phát triển", "môi trường", "tài nguyên", "tài chính",
	"kế hoạch", "khí tượng", "đất đai", "đê điều", "thiên tai", "rừng",
	"phòng hộ", "đặc dụng", "thi hành án", "thanh tra", "tư pháp",
	"pháp chế", "nội vụ", "ngoại vụ", "nội chính", "tổ chức", "cán bộ",
	"tuyên giáo", "dân vận", "dân tộc", "tôn giáo", "mặt trận", "tổ quốc",
	"nhân dân", "hội đồng", "ủy ban", "văn phòng", "thường trực",
	"thường vụ", "chấp hành", "đảng ủy", "tỉnh ủy", "huyện ủy", "đảng bộ",
	"đại biểu", "quốc hội", "chính phủ", "hải quan", "kho bạc", "thống kê",
	"đăng ký", "giám định", "đo lường", "chất lượng", "tiêu chuẩn",
};
/* words that stay small in a name */
static const char *const small[] = {
	"và", "các", "của", "cho", "về", "tại", "trong", "thuộc", "theo", "với",
};
/* kinds of agencies: the word behind them begins their name */
static const char *const kinds[] = {
	"bộ", "sở", "cục", "tổng cục", "chi cục", "vụ", "ban", "phòng",
	"trung tâm", "viện", "trường", "công ty", "tổng công ty", "tập đoàn",
	"hội", "hiệp hội", "liên hiệp", "chi nhánh", "đội", "trạm", "quỹ",
	"bệnh viện", "học viện", "hạt", "xí nghiệp", "nhà máy", "báo", "đài",
	"hợp tác xã", "ngân hàng", "nhà xuất bản", "bảo tàng", "thư viện",
	"nhà hát", "vườn quốc gia", "công ty cổ phần", "công ty tnhh",
	"văn phòng", "hội đồng", "ban quản lý", "ban chỉ đạo", "tổ công tác",
};
/* clang-format on */

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* Each letter of the text through `turn`. */
static char *turn_letters(const char *text, uint32_t (*turn)(uint32_t),
			  size_t letters, struct arena *arena)
{
	auto_text result = { 0 };
	struct bytes bytes = bytes_of(text);
	char utf8[CHARACTER_UTF8_SIZE];
	size_t at = 0;

	for (size_t i = 0; at < bytes.size; i++) {
		uint32_t c = character_read(bytes, &at);

		text_add_part(&result, utf8,
			      character_write(i < letters ? turn(c) : c, utf8));
	}
	return arena_copy(arena, text_string(&result));
}

char *casing_lower(const char *text, struct arena *arena)
{
	return turn_letters(text, character_lower, SIZE_MAX, arena);
}

/* Past an opening quote, too. */
char *casing_raise(const char *text, struct arena *arena)
{
	size_t skip = text[0] == '"' || text[0] == '(' ? 1 : 0;

	if (strncmp(text, "“", strlen("“")) == 0)
		skip = strlen("“");
	return arena_print(arena, "%.*s%s", (int)skip, text,
			   turn_letters(text + skip, character_upper, 1,
					arena));
}

static bool is_same(const struct parts *parts, const char *one,
		    const char *other, struct arena *arena)
{
	if (parts->is_read)
		return strcmp(viet_fold(one, arena), viet_fold(other, arena)) ==
		       0;
	return strcmp(viet_key(one, arena), viet_key(other, arena)) == 0;
}

/* The first letter, small, without diacritics: most names differ by it. */
static uint32_t initial_of(const char *text)
{
	struct bytes bytes = bytes_of(text);
	size_t at = 0;

	return bytes.size == 0
		       ? 0
		       : character_base(
				 character_lower(character_read(bytes, &at)));
}

/* How many words of the parts from `at` on are those of the name. */
static size_t fits(const struct parts *parts, size_t at, const char *name,
		   struct arena *arena)
{
	size_t count = 0;

	if (at >= parts->count || initial_of(name) !=
					  initial_of(parts->words[at]))
		return 0;
	while (*name) {
		size_t size = strcspn(name, " ");
		const char *word;

		if (at + count >= parts->count)
			return 0;
		word = casing_lower(arena_copy_part(arena, name, size), arena);
		if (!is_same(parts, parts->words[at + count], word, arena))
			return 0;
		count++;
		name += size;
		name += *name == ' ';
	}
	return count;
}

/* The longest entry of a list that stands there; its number of words. */
static size_t longest(const struct parts *parts, size_t at,
		      const char *const *list, size_t list_count,
		      const char **ret_name, struct arena *arena)
{
	size_t best = 0;

	for (size_t i = 0; i < list_count; i++) {
		size_t own = fits(parts, at, list[i], arena);

		if (own > best) {
			best = own;
			*ret_name = list[i];
		}
	}
	return best;
}

static void write_name(struct parts *parts, size_t at, const char *name,
		       struct arena *arena)
{
	struct parts own = parts_split(name, arena);

	for (size_t i = 0; i < own.count; i++)
		parts->words[at + i] = own.words[i];
}

static bool is_among(const struct parts *parts, size_t at,
		     const char *const *list, size_t count,
		     struct arena *arena)
{
	for (size_t i = 0; i < count; i++) {
		if (fits(parts, at, list[i], arena) == 1)
			return true;
	}
	return false;
}

static bool is_syllable(const char *word)
{
	uint32_t letters[LETTERS_MAX];
	struct bytes bytes = bytes_of(word);
	size_t at = 0, count = 0;

	while (at < bytes.size && count < LETTERS_MAX) {
		uint32_t c = character_lower(character_read(bytes, &at));

		if (character_class_of(c) == CHARACTER_LETTER)
			letters[count++] = c;
	}
	return count == 0 || syllable_is_legal(letters, count);
}

/* What is no syllable, such as TNHH and PTNT, stays as it is. */
static bool is_short_form(const char *word)
{
	static const char *const forms[] = { "TNHH", "MTV", "UBND", "HĐND",
					     "TP.", "TP", "BQL", "KCN",
					     "CP", "HTX", "II", "III",
					     "IV", "VI", "VII", "THPT",
					     "THCS", "VNPT", "EVN", "I" };

	for (size_t i = 0; i < COUNT(forms); i++) {
		if (strcmp(word, forms[i]) == 0)
			return true;
	}
	return strpbrk(word, "0123456789&") != NULL || !is_syllable(word);
}

/* One step of the rules: writes some words from `at` on; their number. */
static size_t write_step(struct parts *parts, const struct parts *low,
			 size_t at, bool *is_raised, struct arena *arena)
{
	const char *name = "";
	size_t count = longest(low, at, places, COUNT(places), &name, arena);
	size_t named = longest(low, at, names, COUNT(names), &name, arena);

	if (count > 0 && count >= named && at + count < parts->count) {
		(void)longest(low, at, places, COUNT(places), &name, arena);
		write_name(parts, at, name, arena);
		if (at == 0)
			parts->words[0] = casing_raise(parts->words[0], arena);
		at += count;
		while (at < parts->count &&
		       !longest(low, at, kinds, COUNT(kinds), &name, arena) &&
		       !is_among(low, at, small, COUNT(small), arena)) {
			parts->words[at] =
				casing_raise(low->words[at], arena);
			at++;
			count++;
		}
		return count;
	}
	if (named > 0) {
		write_name(parts, at, name, arena);
		*is_raised = false;
		return named;
	}
	count = longest(low, at, kinds, COUNT(kinds), &name, arena);
	if (count > 0 && (at == 0 || *is_raised)) {
		/* recognised, "SƠ" before a name is "Sở" */
		if (low->is_read && at == 0)
			write_name(parts, at, name, arena);
		else
			parts->words[at] = low->words[at];
		parts->words[at] = casing_raise(parts->words[at], arena);
		for (size_t i = 1; i < count; i++) {
			if (!is_short_form(parts->words[at + i]) &&
			    !(low->is_read && at == 0))
				parts->words[at + i] = low->words[at + i];
		}
		*is_raised = true;
		return count;
	}
	if (is_short_form(parts->words[at]))
		return 1;
	if (*is_raised && !is_among(low, at, small, COUNT(small), arena)) {
		parts->words[at] = casing_raise(low->words[at], arena);
		*is_raised = false;
	} else {
		parts->words[at] = low->words[at];
	}
	return 1;
}

/* Of what was recognised the letters of two words say which place it is. */
static bool is_read_place(const struct parts *low, size_t count)
{
	return low->is_read && count >= 2;
}

/* A place that ends the name without "tỉnh" before it. */
static void raise_place(struct parts *parts, const struct parts *low,
			struct arena *arena)
{
	for (size_t count = 3; count > 0; count--) {
		struct parts tail = { .count = count };
		const char *text, *place;
		bool is_same_key;

		if (count >= low->count)
			continue;
		for (size_t i = 0; i < count; i++)
			tail.words[i] = low->words[low->count - count + i];
		text = parts_join(&tail, arena);
		place = known_place(text, arena);
		is_same_key = place && strcmp(viet_key(place, arena),
					      viet_key(text, arena)) == 0;
		if (!place || (!is_read_place(low, count) && !is_same_key))
			continue;
		write_name(parts, low->count - count, place, arena);
		return;
	}
}

/* `text` with the letters of `word` and the capitals it has; where it differs
 * by no more than the place of a tone mark it stays. */
static char *dress(const char *text, const char *word, struct arena *arena)
{
	if (strcmp(viet_key(text, arena), viet_key(word, arena)) == 0)
		return arena_copy(arena, text);
	if (strcmp(casing_lower(text, arena), text) == 0)
		return arena_copy(arena, word);
	return casing_raise(word, arena);
}

/* Diacritics that recognition lost or took for others; in a name "tĩnh" before
 * a capital is "tỉnh". */
static void mend_words(struct parts *parts, bool is_name, struct arena *arena)
{
	struct parts low = *parts;
	const char *name = "";

	low.is_read = true;
	for (size_t at = 0; at < parts->count; at++) {
		size_t count = longest(&low, at, common, COUNT(common), &name,
				       arena);
		struct parts own;

		if (count < 2 && is_name && at + 1 < parts->count &&
		    strcmp(casing_lower(low.words[at], arena),
			   low.words[at]) == 0 &&
		    strcmp(casing_lower(low.words[at + 1], arena),
			   low.words[at + 1]) != 0)
			count = longest(&low, at, places, COUNT(places), &name,
					arena);
		else if (count < 2)
			continue;
		if (count == 0 || at + count > parts->count)
			continue;
		own = parts_split(name, arena);
		for (size_t i = 0; i < count; i++)
			parts->words[at + i] = dress(parts->words[at + i],
						     own.words[i], arena);
		at += count - 1;
	}
}

char *casing_by_rules(const char *capitals, bool is_read, struct arena *arena)
{
	struct parts parts = parts_split(capitals, arena);
	struct parts low = parts_split(casing_lower(capitals, arena), arena);
	bool is_raised = true;

	low.is_read = is_read;

	for (size_t at = 0; at < parts.count;)
		at += write_step(&parts, &low, at, &is_raised, arena);
	if (is_read)
		mend_words(&parts, true, arena);
	raise_place(&parts, &low, arena);
	if (parts.count > 0)
		parts.words[0] = casing_raise(parts.words[0], arena);
	return parts_join(&parts, arena);
}

char *casing_mend_words(const char *text, struct arena *arena)
{
	auto_text mended = { 0 };

	/* a list of words is short */
	while (*text) {
		struct parts parts = { 0 };

		while (*text && parts.count < PARTS_MAX) {
			size_t size = strcspn(text, " ");

			if (size > 0)
				parts.words[parts.count++] =
					arena_copy_part(arena, text, size);
			text += size;
			text += strspn(text, " ");
		}
		mend_words(&parts, false, arena);
		if (mended.size > 0)
			text_add_char(&mended, ' ');
		text_add(&mended, parts_join(&parts, arena));
	}
	return arena_copy(arena, text_string(&mended));
}

char *casing_mend(const char *text, struct arena *arena)
{
	struct parts parts = parts_split(text, arena), low = parts;
	const char *name = "";

	low.is_read = true;
	for (size_t at = 0; at < parts.count; at++) {
		size_t count =
			longest(&low, at, names, COUNT(names), &name, arena);

		if (count < 2)
			continue;
		write_name(&parts, at, name, arena);
		at += count - 1;
	}
	mend_words(&parts, true, arena);
	low = parts_split(casing_lower(text, arena), arena);
	low.is_read = true;
	if (low.count == parts.count)
		raise_place(&parts, &low, arena);
	return parts_join(&parts, arena);
}

char *casing_of_position(const char *capitals, struct arena *arena)
{
	struct parts parts = parts_split(capitals, arena);
	struct parts low = parts_split(casing_lower(capitals, arena), arena);
	const char *name = "";
	size_t count = 0;
	bool is_raised = true;

	low.is_read = true;
	for (size_t i = 0; i < position_count; i++) {
		size_t own = fits(&low, 0, position_names[i], arena);

		if (own > count) {
			count = own;
			name = position_names[i];
		}
	}
	if (count == 0)
		return casing_by_rules(capitals, true, arena);
	write_name(&parts, 0, name, arena);
	while (count < parts.count)
		count += write_step(&parts, &low, count, &is_raised, arena);
	return parts_join(&parts, arena);
}

char *casing_of_person(const char *text, struct arena *arena)
{
	struct parts parts = parts_split(casing_lower(text, arena), arena);

	for (size_t i = 0; i < parts.count; i++)
		parts.words[i] = casing_raise(parts.words[i], arena);
	return parts_join(&parts, arena);
}
