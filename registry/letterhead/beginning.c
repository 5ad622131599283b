#include "letterhead/beginning.h"
#include "letterhead/parts.h"
#include "viet/fold.h"
#include <string.h>

/* Words that an agency's name begins with. */
/* clang-format off */
static const char *const beginnings[] = {
	"UBND", "Ủy ban", "HĐND", "Hội đồng", "Sở", "Bộ", "Cục", "Tổng cục",
	"Chi cục", "Vụ", "Văn phòng", "Trung tâm", "Trường", "Phòng",
	"Công ty", "Tổng công ty", "Tập đoàn", "Ngân hàng", "Tòa án", "Viện",
	"Công an", "Bộ Chỉ huy", "Bộ Tư lệnh", "Đảng bộ", "Đảng ủy", "Tỉnh ủy",
	"Thành ủy", "Huyện ủy", "Quận ủy", "Chi bộ", "Đảng đoàn", "Ban",
	"Liên đoàn", "Hội", "Đoàn", "Mặt trận", "Kho bạc", "Thanh tra",
	"Bệnh viện", "Học viện", "Bảo hiểm xã hội", "Kiểm toán", "Đài", "Báo",
	"Hạt", "Trạm", "Đội", "Chi nhánh", "Hợp tác xã", "HTX", "Doanh nghiệp",
	"Quốc hội", "Chính phủ", "Thủ tướng", "Chủ tịch", "Quân khu",
	"Tổ công tác", "Hiệp hội", "Liên hiệp", "Liên minh", "Nhà xuất bản",
	"Quỹ", "Công đoàn", "Tổng Liên đoàn", "Vườn quốc gia", "Cơ quan",
	"Phân hiệu", "Phân viện", "Nhà máy", "Xí nghiệp", "Bưu điện",
	"Điện lực", "Tỉnh đoàn", "Thành đoàn", "Huyện đoàn", "Bảo tàng",
	"Thư viện", "Tiểu ban", "Tổng đội", "Lữ đoàn", "Sư đoàn", "Trung đoàn",
	"BQL", "BCĐ", "BCH", "UBMTTQ", "UBMTTQVN", "LĐLĐ", "CTY", "Viễn thông",
	"Cảng", "Tổ chuyên gia", "Hải quan", "Thuế", "Thống kê",
};
/* Words that begin like them and go on with a name. */
static const char *const others[] = {
	"Phòng,", "Phòng chống", "Phòng cháy", "Phòng thủ", "Phòng hộ",
	"Phòng ngừa", "Ban hành", "Bộ đội",
	"Vụ việc", "Trường hợp", "Viện trợ", "Hội nghị", "Hội nhập",
	"Đoàn kết", "Thuế nhà", "Báo chí", "Báo cáo", "Hội chợ",
};
/* Words of two syllables that a line may end within. */
static const char *const compounds[] = {
	"dich vu", "phuc vu", "nghiep vu", "noi vu", "ngoai vu", "can bo",
	"noi bo", "duong bo", "tien bo", "dang bo", "moi truong",
	"thi truong", "nha truong", "hoi truong", "cong truong", "tap doan",
	"cong doan", "tinh doan", "thanh doan", "xa hoi", "le hoi",
	"quoc hoi", "hiep hoi", "dai hoi", "co so", "tru so", "benh vien",
	"hoc vien", "thu vien", "cong vien", "nhan vien", "thong bao",
	"du bao", "canh bao", "dam bao", "van phong", "quoc phong",
	"du phong", "bien phong", "tong cuc", "chi cuc", "tong doi",
	"bo doi", "quan doi", "tru tram", "thanh cong", "thi cong",
	"gia cong", "dia ban", "co ban", "cong bo", "phan bo", "toan bo",
};
/* Words that a name does not end with: the next line goes on. */
static const char *const connectives[] = { "va", "cua", "cac", "ve" };
/* No names by themselves: the next line goes on. The last three are, unless
 * they come first. */
static const char *const incomplete[] = {
	"banchidao", "banchihuy", "bochihuy", "hoidong", "tocongtac",
	"banquanly", "trungtam", "congty", "congan", "benhvien", "chinhanh",
	"toaan", "cuc", "chicuc", "phong", "ban", "tongcongty", "hoptacxa",
	"lienhiep", "hiephoi", "lienminh", "hocvien", "tinh", "huyen", "quan",
	"xa", "phuong", "thixa", "thitran", "thanhpho", "dackhu", "truong",
	"vanphong", "thanhtra",
};
/* clang-format on */

enum {
	WELL = 90 /* confidence */
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* The text as it is compared: of what was recognised only the letters count,
 * and blanks may be lost. */
static const char *text_of(const struct line *line, struct arena *arena)
{
	struct parts parts;
	const char *text;

	if (line->page->source != PAGE_OCR) {
		text = viet_key(line->text, arena);
	} else {
		parts = parts_split(line->text, arena);
		for (size_t i = 0; i < parts.count; i++)
			parts.words[i] = parts_unglue(parts.words[i], arena);
		text = viet_fold(parts_join(&parts, arena), arena);
	}
	return text + strspn(text, " -.,:;'`\"~*|_=^");
}

static bool begins_with(const char *text, const char *words, bool is_read,
			struct arena *arena)
{
	const char *start = is_read ? viet_fold(words, arena)
				    : viet_key(words, arena);
	size_t size = strlen(start);

	/* "SỐ 2" ends the name of a school, "SỞ" begins one of its own */
	if (strcmp(start, "so") == 0 && text[size] == ' ' &&
	    strspn(text + size, " 0123456789") > 1)
		return false;
	return strncmp(text, start, size) == 0 &&
	       (text[size] == '\0' || strchr(" ,.-", text[size]) ||
		start[size - 1] == ',');
}

/* Recognised well, "ĐẠI LỘC" is a place and no "Đài", "BẢO LÂM" no "Báo". "Sở"
 * and "Bộ" are misread too often to tell. */
static bool is_another_word(const struct line *line, const char *words,
			    struct arena *arena)
{
	const struct page_word *first = line->terms[0].word;
	const char *key = viet_key(first->text, arena);

	return line->page->source == PAGE_OCR && !strchr(words, ' ') &&
	       strcmp(words, "Sở") != 0 && strcmp(words, "Bộ") != 0 &&
	       first->confidence >= WELL &&
	       strcmp(line->terms[0].fold, viet_fold(words, arena)) == 0 &&
	       strcmp(key, viet_key(words, arena)) != 0 &&
	       strcmp(key, viet_fold(key, arena)) != 0;
}

bool beginning_of_agency(const struct line *line, struct arena *arena)
{
	bool is_read = line->page->source == PAGE_OCR;
	const char *text;

	/* "TRƯỜNG" under "BỘ NÔNG NGHIỆP VÀ MÔI" */
	if (line->count < 2 && strlen(line->compact) < 8)
		return false;
	text = text_of(line, arena);
	for (size_t i = 0; i < COUNT(others); i++) {
		if (begins_with(text, others[i], is_read, arena))
			return false;
	}
	for (size_t i = 0; i < COUNT(beginnings); i++) {
		if (begins_with(text, beginnings[i], is_read, arena) &&
		    !is_another_word(line, beginnings[i], arena))
			return true;
	}
	return false;
}

/* "TRUNG TÂM DỊCH" / "VỤ NÔNG NGHIỆP". */
bool beginning_is_torn(const struct line *above, const struct line *line,
		       struct arena *arena)
{
	const char *both = arena_print(arena, "%s %s",
				       above->terms[above->count - 1].fold,
				       line->terms[0].fold);

	for (size_t i = 0; i < COUNT(compounds); i++) {
		if (strcmp(compounds[i], both) == 0)
			return true;
	}
	return false;
}

bool beginning_goes_on(const struct line *line, bool is_first)
{
	const struct term *last = &line->terms[line->count - 1];
	const char *text = last->word->text;
	size_t size = strlen(text);
	bool is_read = line->page->source == PAGE_OCR;

	if (size > 0 && strchr(is_read ? ",&" : ",-&", text[size - 1]))
		return true;
	for (size_t i = 0; i < COUNT(connectives); i++) {
		if (strcmp(last->fold, connectives[i]) == 0)
			return true;
	}
	for (size_t i = 0; i < COUNT(incomplete) - (is_first ? 0 : 3); i++) {
		if (line->count <= 4 &&
		    strcmp(line->compact, incomplete[i]) == 0)
			return true;
	}
	return false;
}
