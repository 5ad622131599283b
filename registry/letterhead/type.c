#include "letterhead/type.h"
#include "letterhead/term.h"
#include <string.h>
#include <strings.h>

/* clang-format off */
static const struct type types[] = {
	{ "Nghị quyết", "nghiquyet", "NQ" },
	{ "Quyết định", "quyetdinh", "QĐ" },
	{ "Chỉ thị", "chithi", "CT" },
	{ "Quy chế", "quyche", "QC" },
	{ "Quy định", "quydinh", "QyĐ" },
	{ "Thông cáo", "thongcao", "TC" },
	{ "Thông báo", "thongbao", "TB" },
	{ "Hướng dẫn", "huongdan", "HD" },
	{ "Chương trình", "chuongtrinh", "CTr" },
	{ "Kế hoạch", "kehoach", "KH" },
	{ "Phương án", "phuongan", "PA" },
	{ "Đề án", "dean", "ĐA" },
	{ "Dự án", "duan", "DA" },
	{ "Báo cáo", "baocao", "BC" },
	{ "Biên bản", "bienban", "BB" },
	{ "Tờ trình", "totrinh", "TTr" },
	{ "Hợp đồng", "hopdong", "HĐ" },
	{ "Công điện", "congdien", "CĐ" },
	{ "Bản ghi nhớ", "banghinho", "BGN" },
	{ "Bản thỏa thuận", "banthoathuan", "BTT" },
	{ "Giấy ủy quyền", "giayuyquyen", "GUQ" },
	{ "Giấy mời", "giaymoi", "GM" },
	{ "Giấy giới thiệu", "giaygioithieu", "GGT" },
	{ "Giấy nghỉ phép", "giaynghiphep", "GNP" },
	{ "Phiếu gửi", "phieugui", "PG" },
	{ "Phiếu chuyển", "phieuchuyen", "PC" },
	{ "Phiếu báo", "phieubao", "PB" },
	{ "Thư công", "thucong", "" },
	{ "Công văn", "congvan", "" },
	/* law, and what the decree before the last one had */
	{ "Luật", "luat", "" },
	{ "Pháp lệnh", "phaplenh", "PL" },
	{ "Lệnh", "lenh", "L" },
	{ "Nghị định", "nghidinh", "NĐ" },
	{ "Thông tư liên tịch", "thongtulientich", "TTLT" },
	{ "Thông tư", "thongtu", "TT" },
	{ "Nghị quyết liên tịch", "nghiquyetlientich", "NQLT" },
	{ "Văn bản hợp nhất", "vanbanhopnhat", "VBHN" },
	{ "Kết luận", "ketluan", "KL" },
	{ "Thông tri", "thongtri", "TT" },
	{ "Bản cam kết", "bancamket", "BCK" },
	{ "Giấy chứng nhận", "giaychungnhan", "GCN" },
	{ "Giấy đi đường", "giaydiduong", "GĐĐ" },
	{ "Giấy biên nhận", "giaybiennhan", "GBN" },
	{ "Giấy phép", "giayphep", "GP" },
	{ "Quy trình", "quytrinh", "QT" },
	{ "Phiếu trình", "phieutrinh", "PTr" },
	{ "Công văn", "congvan", "CV" },
	{ "Bản sao y", "bansaoy", "SY" },
	{ "Bản trích sao", "bantrichsao", "TrS" },
	{ "Bản sao lục", "bansaoluc", "SL" },
};
/* clang-format on */

enum {
	TYPE_COUNT = sizeof types / sizeof types[0],
	CODE_SIZE = 32
};

const struct type *type_by_name(const char *compact, size_t wrong)
{
	for (size_t limit = 0; limit <= wrong; limit++) {
		for (size_t i = 0; i < TYPE_COUNT; i++) {
			if (limit > 0 && strlen(types[i].compact) < 7)
				continue;
			if (term_distance(compact, types[i].compact, limit) <=
			    limit)
				return &types[i];
		}
	}
	return NULL;
}

/* Without diacritics: Đ, Ð and D are one. */
static void plain_code(const char *code, char ret_plain[CODE_SIZE])
{
	size_t size = 0;

	while (*code && size < CODE_SIZE - 1) {
		if ((unsigned char)code[0] >= 0x80) {
			ret_plain[size++] = 'D';
			while ((unsigned char)code[1] >= 0x80 &&
			       (unsigned char)code[1] < 0xC0)
				code++;
		} else {
			ret_plain[size++] = *code;
		}
		code++;
	}
	ret_plain[size] = '\0';
}

const struct type *type_by_code(const char *code)
{
	char plain[CODE_SIZE], own[CODE_SIZE];

	if (code[0] == '\0')
		return NULL;
	for (size_t i = 0; i < TYPE_COUNT; i++) {
		if (strcmp(types[i].code, code) == 0)
			return &types[i];
	}
	plain_code(code, plain);
	for (size_t i = 0; i < TYPE_COUNT; i++) {
		plain_code(types[i].code, own);
		if (own[0] && strcasecmp(own, plain) == 0)
			return &types[i];
	}
	return NULL;
}

const struct type *type_at_start(const char *compact)
{
	const struct type *best = NULL;

	for (size_t i = 0; i < TYPE_COUNT; i++) {
		size_t size = strlen(types[i].compact);

		if (strncmp(compact, types[i].compact, size) == 0 &&
		    (!best || size > strlen(best->compact)))
			best = &types[i];
	}
	return best;
}
