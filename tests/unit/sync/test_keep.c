#include "sync/keep.h"

#include "support/test.h"

/* clang-format off */
static const struct {
	const char *letter;
	bool document;
} cases[] = {
	{ "Subject: lunch\r\n\r\nAt noon?\r\n", false },
	{ "", false },
	{ "no header at all", false },
	{ "Subject: 123/UBND-KT\r\n\r\nx", true },
	{ "Subject: V/v di chuyển\r\n\r\nx", true },
	{ "SUBJECT: =?UTF-8?B?Q8O0bmcgdsSDbiBz4buRIDEy?=\r\n\r\nx", true },
	{ "Subject: =?utf-8?Q?Gi=E1=BA=A5y_m?=\r\n =?utf-8?Q?=E1=BB=9Di?=\r\n"
	  "\r\nx", true },
	{ "Subject: =?utf-8?B?\r\n\r\nx", false },
	{ "Subject: =?utf-8?q?=C4=83n_tr=C6=B0a?=\r\n\r\nx", false },
	{ "Subject: a\r\nContent-Type: application/pdf\r\n\r\nx", true },
	{ "Subject: a\r\n\r\n--b\r\ncontent-disposition: ATTACHMENT\r\n", true },
	{ "Subject: a\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\n", false },
	{ "Subject: a\r\n\r\n--b\nContent-Disposition: inline;\n"
	  " filename=x.pdf\n\n", true },
	{ "Subject: a\n\nbegin 644 x.doc\nM\n", true },
	{ "Subject: a\r\n\r\nSubject: 123/UBND-KT\r\n", false },
};
/* clang-format on */

static void test_documents_are_kept_and_chatter_is_not(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (keep_has_document(bytes_of(cases[i].letter)) !=
		    cases[i].document)
			fail_msg("case %zu: %s", i, cases[i].letter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_documents_are_kept_and_chatter_is_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
