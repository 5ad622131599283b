#include "letterhead/known.h"
#include "letterhead/term.h"
#include <string.h>

enum {
	SHORT = 8,     /* names up to this must be right */
	PER_WRONG = 14 /* letters of a name for each that may be wrong */
};

/* clang-format off */
static const char *const provinces[] = {
	"An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn",
	"Bắc Ninh", "Bến Tre", "Bình Dương", "Bình Định", "Bình Phước",
	"Bình Thuận", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Đắk Nông", "Điện Biên",
	"Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Tĩnh",
	"Hải Dương", "Hậu Giang", "Hòa Bình", "Hưng Yên", "Khánh Hòa",
	"Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng",
	"Long An", "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ",
	"Phú Yên", "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh",
	"Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình",
	"Thái Nguyên", "Thanh Hóa", "Thừa Thiên Huế", "Tiền Giang", "Trà Vinh",
	"Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái",
};
static const char *const cities[] = {
	"Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh", "Huế",
};
static const char *const towns[] = {
	"Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh", "Tp. Hồ Chí Minh", "Vinh",
	"Thành phố Vinh", "Đà Lạt", "Nha Trang", "Buôn Ma Thuột", "Pleiku",
	"Quy Nhơn", "Vũng Tàu", "Biên Hòa", "Mỹ Tho", "Long Xuyên", "Rạch Giá",
	"Phan Thiết", "Tuy Hòa", "Tam Kỳ", "Hội An", "Đồng Hới", "Đông Hà",
	"Việt Trì", "Hạ Long", "Thủ Đức", "Bảo Lộc", "Thủ Dầu Một", "Vị Thanh",
	"Cao Lãnh", "Phủ Lý",
};
static const char *const agencies[] = {
	"Chính phủ", "Thủ tướng Chính phủ", "Văn phòng Chính phủ", "Quốc hội",
	"Văn phòng Quốc hội", "Ủy ban Thường vụ Quốc hội", "Chủ tịch nước",
	"Tòa án nhân dân tối cao", "Viện kiểm sát nhân dân tối cao",
	"Kiểm toán nhà nước", "Thanh tra Chính phủ",
	"Ngân hàng Nhà nước Việt Nam", "Ủy ban Dân tộc", "Bộ Quốc phòng",
	"Bộ Công an", "Bộ Ngoại giao", "Bộ Nội vụ", "Bộ Tư pháp",
	"Bộ Kế hoạch và Đầu tư", "Bộ Tài chính", "Bộ Công Thương",
	"Bộ Nông nghiệp và Phát triển nông thôn",
	"Bộ Nông nghiệp và Môi trường", "Bộ Giao thông vận tải", "Bộ Xây dựng",
	"Bộ Tài nguyên và Môi trường", "Bộ Thông tin và Truyền thông",
	"Bộ Lao động - Thương binh và Xã hội",
	"Bộ Văn hóa, Thể thao và Du lịch", "Bộ Khoa học và Công nghệ",
	"Bộ Giáo dục và Đào tạo", "Bộ Y tế", "Bộ Dân tộc và Tôn giáo",
	"Văn phòng", "Thanh tra", "Sở Nội vụ", "Sở Tư pháp",
	"Sở Kế hoạch và Đầu tư", "Sở Tài chính", "Sở Công Thương",
	"Sở Nông nghiệp và Phát triển nông thôn", "Sở Nông nghiệp và PTNT",
	"Sở Nông nghiệp và Môi trường", "Sở Giao thông vận tải", "Sở Xây dựng",
	"Sở Tài nguyên và Môi trường", "Sở Thông tin và Truyền thông",
	"Sở Lao động - Thương binh và Xã hội",
	"Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hóa và Thể thao",
	"Sở Du lịch", "Sở Khoa học và Công nghệ", "Sở Giáo dục và Đào tạo",
	"Sở Y tế", "Sở Ngoại vụ", "Sở Dân tộc và Tôn giáo", "Ban Dân tộc",
	"Chi cục Trồng trọt và Bảo vệ thực vật", "Chi cục Chăn nuôi và Thú y",
	"Chi cục Kiểm lâm", "Chi cục Thủy lợi", "Chi cục Thủy sản",
	"Chi cục Phát triển nông thôn", "Chi cục Bảo vệ môi trường",
	"Trung tâm Khuyến nông", "Phòng Nông nghiệp và Phát triển nông thôn",
	"Phòng Tài nguyên và Môi trường", "Phòng Tài chính - Kế hoạch",
	"Phòng Nội vụ", "Phòng Kinh tế và Hạ tầng", "Phòng Kinh tế",
	"Phòng Giáo dục và Đào tạo", "Phòng Lao động - Thương binh và Xã hội",
	"Phòng Văn hóa và Thông tin", "Phòng Quản lý đô thị", "Phòng Tư pháp",
	"Phòng Y tế", "Ban Tổ chức", "Ban Tuyên giáo", "Ban Dân vận",
	"Ban Nội chính", "Ủy ban Kiểm tra", "Ban Tổ chức Trung ương",
	"Ban Chấp hành Trung ương", "Văn phòng Trung ương Đảng",
	"Bảo hiểm xã hội Việt Nam", "Kho bạc Nhà nước", "Cục Thuế",
	"Cục Hải quan", "Cục Thống kê", "Tổng cục Thuế", "Tổng cục Thống kê",
	"Trung ương Hội Nông dân Việt Nam", "Hội Nông dân Việt Nam",
	"Trung ương Hội Liên hiệp Phụ nữ Việt Nam",
	"Tổng Liên đoàn Lao động Việt Nam",
	"Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
	"Trung ương Đoàn TNCS Hồ Chí Minh", "Liên minh Hợp tác xã Việt Nam",
	"Trung ương Hội Chữ thập đỏ Việt Nam", "Tập đoàn Điện lực Việt Nam",
	"Tổng công ty Điện lực miền Nam", "Tổng công ty Điện lực miền Trung",
	"Tổng công ty Điện lực miền Bắc", "Cục Hàng hải Việt Nam",
};
/* "%s" is a province or a city */
static const char *const of_provinces[] = {
	"Ủy ban nhân dân tỉnh %s", "UBND tỉnh %s", "Hội đồng nhân dân tỉnh %s",
	"Tỉnh ủy %s", "Công an tỉnh %s", "Tỉnh %s",
};
static const char *const of_cities[] = {
	"Ủy ban nhân dân thành phố %s", "UBND thành phố %s",
	"Hội đồng nhân dân thành phố %s", "Thành ủy %s",
	"Công an thành phố %s", "Thành phố %s",
};
/* clang-format on */

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* The nearest name so far. */
struct match {
	const char *compact; /* what is looked for */
	const char *name;
	size_t distance, second; /* of another name */
	struct arena *arena;
};

static const char *place_of(const char *compact, const char *const *list,
			    size_t count, struct arena *arena)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(term_compact(list[i], arena), compact) == 0)
			return list[i];
	}
	return NULL;
}

const char *known_place(const char *text, struct arena *arena)
{
	const char *compact = term_compact(text, arena);
	const char *found =
		place_of(compact, provinces, COUNT(provinces), arena);

	if (!found)
		found = place_of(compact, cities, COUNT(cities), arena);
	return found ? found : place_of(compact, towns, COUNT(towns), arena);
}

static void try_name(struct match *match, const char *name)
{
	size_t limit = match->second;
	size_t distance =
		term_distance(term_compact(name, match->arena), match->compact,
			      limit);

	if (distance < match->distance) {
		match->second = match->distance;
		match->distance = distance;
		match->name = name;
	} else if (distance < match->second) {
		match->second = distance;
	}
}

/* The pattern with each of the places in it. */
static void try_pattern(struct match *match, const char *pattern,
			const char *const *list, size_t count)
{
	size_t start = strcspn(pattern, "%");

	for (size_t i = 0; i < count; i++)
		try_name(match, arena_print(match->arena, "%.*s%s",
					    (int)start, pattern, list[i]));
}

const char *known_agency(const char *text, bool may_repair,
			 struct arena *arena)
{
	struct match match = { .compact = term_compact(text, arena),
			       .arena = arena };
	size_t size = strlen(match.compact);
	size_t wrong = may_repair && size > SHORT ? 1 + size / PER_WRONG : 0;

	match.distance = match.second = wrong + 2;
	for (size_t i = 0; i < COUNT(agencies); i++)
		try_name(&match, agencies[i]);
	for (size_t i = 0; i < COUNT(of_provinces); i++)
		try_pattern(&match, of_provinces[i], provinces,
			    COUNT(provinces));
	for (size_t i = 0; i < COUNT(of_cities); i++)
		try_pattern(&match, of_cities[i], cities, COUNT(cities));
	return match.distance <= wrong && match.distance < match.second
		       ? match.name
		       : NULL;
}
