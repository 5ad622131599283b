#include "letterhead/code.h"
#include "letterhead/term.h"
#include "viet/fold.h"
#include <string.h>

/* Agencies and offices as they stand in numbers. Whoever is not here is read
 * all the same. */
/* clang-format off */
static const char *const codes[] = {
	"UBND", "HĐND", "UB", "CP", "TTg", "QH", "UBTVQH", "CTN", "VPCP",
	"VPQH", "VPCTN", "TTCP", "KTNN", "TANDTC", "VKSTC", "VKSNDTC",
	"BNV", "BTC", "BKHĐT", "BNN", "BNNPTNT", "BNNMT", "BTNMT", "BGTVT",
	"BXD", "BYT", "BGDĐT", "BVHTTDL", "BTTTT", "BKHCN", "BCT", "BQP",
	"BCA", "BNG", "BTP", "BLĐTBXH", "BDTTG", "UBDT", "NHNN", "BHXH",
	"SNN", "SNNMT", "SNNPTNT", "STNMT", "STC", "SKHĐT", "SXD", "SGTVT",
	"SYT", "SGDĐT", "SVHTT", "SVHTTDL", "STTTT", "SKHCN", "SCT", "SNV",
	"STP", "SNgV", "SLĐTBXH", "SDTTG", "SDL", "BDT", "BQL", "BQLDA",
	"VP", "VPUB", "VPUBND", "VPTU", "TTr", "TTT", "TTH", "TU", "HU",
	"QU", "ĐU", "TW", "BTCTW", "BTGTW", "UBKT", "UBKTTW", "BTCTU",
	"BTGTU", "BDVTU", "BNCTU", "UBKTTU", "MTTQ", "LĐLĐ", "HLHPN", "HPN",
	"HND", "HCCB", "ĐTN", "TĐ", "CCTT", "CCTS", "CCTL", "CCKL", "CCPTNT",
	"CCTTBVTV", "CCCNTY", "TTKN", "TTNS", "BVTV", "CNTY", "PTNT", "KHTC",
	"TCKH", "TCCB", "TCHC", "QLĐĐ", "KSTTHC", "TH", "KT", "VX", "NC",
	"NL", "ĐT", "XD", "TNMT", "NN", "NNMT", "KTTH", "KGVX", "NNTN",
	"CNTT", "CNN", "CCHC", "CCVC", "XDCB", "KHĐT", "QLĐT", "GDĐT",
	"LĐTBXH", "TTTT", "VHTT", "TNTK", "PC", "QLCL", "KHKT", "PCTT",
	"CAT", "CATP", "BCH", "BCHQS", "BCĐ", "HĐQT", "HĐTV", "CT", "CV",
	"KBNN", "CTK", "CT", "TCT", "TCTK", "TCHQ", "THADS", "CTHADS",
};
/* clang-format on */

enum {
	CODE_COUNT = sizeof codes / sizeof codes[0],
	RESTORED_LENGTH = 3,
	NEAR_LENGTH = 4 /* shorter codes are all near each other */
};

/* A code has more bytes than letters; nothing else is worth folding. */
static bool is_near_size(const char *code, const char *fold)
{
	size_t size = strlen(fold);

	return strlen(code) + 1 >= size && strlen(code) <= size * 2 + 1;
}

/* A Đ that stands there stays, and a short code without one may be another's:
 * "BĐT" is not "BDT", "TD" is not "TĐ". */
static bool may_be_restored(const char *group)
{
	return strlen(group) >= RESTORED_LENGTH && !strstr(group, "Đ") &&
	       !strstr(group, "đ");
}

bool code_is_known(const char *group)
{
	for (size_t i = 0; i < CODE_COUNT; i++) {
		if (strcmp(codes[i], group) == 0)
			return true;
	}
	return false;
}

static bool are_alike(char one, char other)
{
	static const char *const shapes[] = {
		"0oqcgd",
		"1iltjfy7",
		"8bpred3",
		"uvy",
		"nmhwkx",
		"s58",
		"z27",
		"ceg",
		"a4",
		"nu",
	};

	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		if (strchr(shapes[i], one) && strchr(shapes[i], other))
			return true;
	}
	return one == other;
}

/* Small letters with a shape of their own: "g" of SNgV, "r" of TTr. */
static bool has_small(const char *seen)
{
	return strpbrk(seen, "abdeghnrt") != NULL;
}

bool code_may_be(const char *code, const char *seen, struct arena *arena)
{
	const char *one = viet_fold(code, arena), *other = viet_fold(seen,
								     arena);
	size_t size = strlen(one), same = 0;

	if (has_small(seen) || term_distance(one, other, 1) > 1)
		return false;
	if (size != strlen(other))
		return true;
	while (same < size && one[same] == other[same])
		same++;
	return same == size || are_alike(one[same], other[same]);
}

const char *code_restore(const char *group, struct arena *arena,
			 bool *ret_known)
{
	const char *fold = viet_fold(group, arena);

	for (size_t i = 0; i < CODE_COUNT; i++) {
		if (strcmp(codes[i], group) == 0) {
			*ret_known = true;
			return group;
		}
	}
	for (size_t i = 0; i < CODE_COUNT; i++) {
		if (is_near_size(codes[i], fold) &&
		    strcmp(viet_fold(codes[i], arena), fold) == 0) {
			*ret_known = true;
			return may_be_restored(group) ? codes[i] : group;
		}
	}
	return group;
}

const char *code_near(const char *group, struct arena *arena)
{
	const char *fold = viet_fold(group, arena), *found = NULL;

	if (strlen(fold) < NEAR_LENGTH)
		return NULL;
	for (size_t i = 0; i < CODE_COUNT; i++) {
		const char *own;

		if (!is_near_size(codes[i], fold))
			continue;
		own = viet_fold(codes[i], arena);
		if (strlen(own) < NEAR_LENGTH - 1 ||
		    term_distance(own, fold, 1) > 1)
			continue;
		/* any that is near makes it doubtful */
		if (found && strcmp(found, codes[i]) != 0)
			return NULL;
		found = codes[i];
	}
	return found;
}
