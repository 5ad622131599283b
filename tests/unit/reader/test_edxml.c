/*
 * A package of the national exchange states its fields and carries its files,
 * whatever its producer did to it.
 */
#include "base/text.h"
#include "reading.h"

#define START                                                       \
	"<edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\">" \
	"<edXML:edXMLEnvelope xmlns:edXML="                         \
	"\"http://www.mic.gov.vn/TBT/QCVN_102_2016\">"              \
	"<edXML:edXMLHeader><edXML:MessageHeader>"
#define MIDDLE "</edXML:MessageHeader><edXML:TraceHeaderList>"
#define BODY "</edXML:TraceHeaderList></edXML:edXMLHeader>"
#define FILES "</edXML:edXMLEnvelope><AttachmentEncoded>"
#define END "</AttachmentEncoded></edXML>"

static const char whole[] =
	START
	"<edXML:From><edXML:OrganId>000.00.19.H29</edXML:OrganId>"
	"<edXML:OrganizationInCharge>Ủy ban nhân dân Thành phố Mẫu"
	"</edXML:OrganizationInCharge>"
	"<edXML:OrganName>Sở Nông nghiệp Mẫu</edXML:OrganName></edXML:From>"
	"<edXML:To><edXML:OrganName>Chi cục Một</edXML:OrganName></edXML:To>"
	"<edXML:To><edXML:OrganName>Chi cục Hai</edXML:OrganName></edXML:To>"
	"<edXML:Code><edXML:CodeNumber>1234</edXML:CodeNumber>"
	"<edXML:CodeNotation>SNN-VP</edXML:CodeNotation></edXML:Code>"
	"<edXML:PromulgationInfo><edXML:Place>Hà Nội</edXML:Place>"
	"<edXML:PromulgationDate>2020/06/17</edXML:PromulgationDate>"
	"</edXML:PromulgationInfo>"
	"<edXML:DocumentType><edXML:TypeName>Công văn</edXML:TypeName>"
	"</edXML:DocumentType>"
	"<edXML:Subject>V/v báo cáo &amp; thống kê</edXML:Subject>"
	"<edXML:SignerInfo><edXML:Competence>KT. GIÁM ĐỐC</edXML:Competence>"
	"<edXML:Position>Phó Giám đốc</edXML:Position>"
	"<edXML:FullName>Nguyễn Văn Mẫu</edXML:FullName></edXML:SignerInfo>"
	"<edXML:DueDate>2020/06/25</edXML:DueDate>"
	"<edXML:OtherInfo><edXML:Priority>4</edXML:Priority></edXML:OtherInfo>"
	"<edXML:ResponseFor><edXML:OrganId>000.00.00.H29</edXML:OrganId>"
	"<edXML:Code>2100/UBND-VX</edXML:Code>"
	"<edXML:PromulgationDate>2020/06/01</edXML:PromulgationDate>"
	"</edXML:ResponseFor>"
	"<edXML:ToPlaces><edXML:Place>Như trên</edXML:Place>"
	"</edXML:ToPlaces>" MIDDLE
	"<edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType>"
	"</edXML:Bussiness>" BODY FILES END;

static struct reading read_package(const char *xml)
{
	return read_content(bytes_of(xml), "a.edxml");
}

/* One without a value when nothing is stated. */
static const struct letterhead_proposal *
find(const struct reading *reading, enum letterhead_field field, size_t skip)
{
	static const struct letterhead_proposal none = {
		.value = "", .role = "", .day = ""
	};
	const struct document *document = &reading->document;

	for (size_t i = 0; i < document->stated_count; i++) {
		if (document->stated[i].field == field && skip-- == 0)
			return &document->stated[i];
	}
	return &none;
}

static void header_fields_are_stated(void **state)
{
	static const struct {
		enum letterhead_field field;
		size_t skip;
		const char *value;
	} cases[] = {
		{ LETTERHEAD_SYMBOL, 0, "1234/SNN-VP" },
		{ LETTERHEAD_DAY, 0, "2020-06-17" },
		{ LETTERHEAD_PLACE, 0, "Hà Nội" },
		{ LETTERHEAD_ISSUER, 0, "Sở Nông nghiệp Mẫu" },
		{ LETTERHEAD_SUPERIOR, 0, "Ủy ban nhân dân Thành phố Mẫu" },
		{ LETTERHEAD_TYPE, 0, "Công văn" },
		{ LETTERHEAD_SUBJECT, 0, "báo cáo & thống kê" },
		{ LETTERHEAD_SIGNER, 0, "Nguyễn Văn Mẫu" },
		{ LETTERHEAD_POSITION, 0, "Phó Giám đốc" },
		{ LETTERHEAD_CAPACITY, 0, "KT." },
		{ LETTERHEAD_URGENCY, 0, "3" },
		{ LETTERHEAD_DUE_DAY, 0, "2020-06-25" },
		{ LETTERHEAD_ADDRESSEE, 0, "Chi cục Một" },
		{ LETTERHEAD_ADDRESSEE, 1, "Chi cục Hai" },
		{ LETTERHEAD_RECIPIENT, 0, "Như trên" },
		{ LETTERHEAD_CITED, 0, "2100/UBND-VX" }
	};
	struct reading reading = read_package(whole);

	(void)state;
	assert_string_equal(reading.document.format, "edxml");
	assert_null(reading.document.reason);
	assert_int_equal(reading.document.flag_count, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct letterhead_proposal *proposal = find(
			&reading, cases[i].field, cases[i].skip);

		assert_string_equal(proposal->value, cases[i].value);
		assert_int_equal(proposal->source, LETTERHEAD_FROM_EDXML);
		assert_true(proposal->confidence >= LETTERHEAD_SURE);
	}
	assert_string_equal(find(&reading, LETTERHEAD_CITED, 0)->role,
			    "reply");
	assert_string_equal(find(&reading, LETTERHEAD_CITED, 0)->day,
			    "2020-06-01");
	assert_non_null(strstr(reading.document.text, "1234/SNN-VP"));
	reading_done(&reading);
}

/* Signs before the declaration, a prefix that nobody declared, another order
 * of the children. */
static void faults_of_producers_do_no_harm(void **state)
{
	struct reading reading = read_package(
		"1212<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
		"<edXML><edXML:edXMLEnvelope><edXML:edXMLHeader>"
		"<edXML:MessageHeader><edXML:Subject>Họp</edXML:Subject>"
		"<edXML:Code><edXML:CodeNotation>UBND</edXML:CodeNotation>"
		"<edXML:CodeNumber>7</edXML:CodeNumber></edXML:Code>"
		"<edXML:ResponseFor><edXML:Code/></edXML:ResponseFor>"
		"</edXML:MessageHeader></edXML:edXMLHeader>"
		"<edXML:edXMLBody xlink:href=\"cid:1\"/>"
		"</edXML:edXMLEnvelope></edXML>");

	(void)state;
	assert_string_equal(find(&reading, LETTERHEAD_SUBJECT, 0)->value,
			    "Họp");
	assert_string_equal(find(&reading, LETTERHEAD_SYMBOL, 0)->value,
			    "07/UBND");
	assert_string_equal(find(&reading, LETTERHEAD_CITED, 0)->value, "");
	reading_done(&reading);
}

static void impossible_values_are_doubted(void **state)
{
	struct reading reading = read_package(
		START
		"<edXML:Code><edXML:CodeNumber>20251020104803"
		"</edXML:CodeNumber><edXML:CodeNotation>GW-AUTO"
		"</edXML:CodeNotation></edXML:Code><edXML:PromulgationInfo>"
		"<edXML:PromulgationDate>2014/02/30</edXML:PromulgationDate>"
		"</edXML:PromulgationInfo>" MIDDLE BODY FILES END);

	(void)state;
	assert_string_equal(find(&reading, LETTERHEAD_SYMBOL, 0)->value,
			    "20251020104803/GW-AUTO");
	assert_true(find(&reading, LETTERHEAD_SYMBOL, 0)->confidence <
		    LETTERHEAD_SURE);
	assert_string_equal(find(&reading, LETTERHEAD_DAY, 0)->value, "");
	assert_true(reading_has_flag(&reading, "impossible_date"));
	reading_done(&reading);
}

/* Found by fuzzing: what is said must be text whatever it was. */
static void bytes_that_are_no_text_become_text(void **state)
{
	struct reading reading =
		read_package("<edXML><Subject>a\xff\xfe</Subject></edXML>");
	const struct letterhead_proposal *subject =
		find(&reading, LETTERHEAD_SUBJECT, 0);

	(void)state;
	assert_true(bytes_is_utf8(bytes_of(subject->seen)));
	assert_true(bytes_is_utf8(bytes_of(subject->value)));
	reading_done(&reading);
}

static void the_name_of_a_document_has_its_symbol(void **state)
{
	struct reading reading = read_package(
		START
		"<edXML:DocumentId>000.G22,2015/09/30,7816/VPCP-TTĐT"
		"</edXML:DocumentId>" MIDDLE BODY FILES END);

	(void)state;
	assert_string_equal(find(&reading, LETTERHEAD_SYMBOL, 0)->value,
			    "7816/VPCP-TTĐT");
	reading_done(&reading);
	reading = read_package(
		START
		"<edXML:DocumentId>9fbfbad2-f1f8-4256-a2eb-50fb1061cddb"
		"</edXML:DocumentId>" MIDDLE BODY FILES END);
	assert_string_equal(find(&reading, LETTERHEAD_SYMBOL, 0)->value, "");
	reading_done(&reading);
}

static void status_is_no_document(void **state)
{
	struct reading reading = read_package(
		START
		"<edXML:From><edXML:OrganName>Tỉnh Mẫu</edXML:OrganName>"
		"</edXML:From><edXML:ResponseFor><edXML:DocumentId>000,"
		"2015/09/30,7816/VPCP-TTĐT</edXML:DocumentId>"
		"</edXML:ResponseFor><edXML:StatusCode>02</edXML:StatusCode>"
		"<edXML:Description>Từ chối</edXML:Description>" MIDDLE BODY
		"</edXML:edXMLEnvelope></edXML>");
	const struct letterhead_proposal *cited =
		find(&reading, LETTERHEAD_CITED, 0);

	(void)state;
	assert_true(reading_has_flag(&reading, "edxml_status"));
	assert_true(reading_has_flag(&reading, "edxml_status_02"));
	assert_string_equal(find(&reading, LETTERHEAD_ISSUER, 0)->value, "");
	assert_string_equal(cited->value, "7816/VPCP-TTĐT");
	assert_string_equal(cited->day, "2015-09-30");
	assert_non_null(strstr(reading.document.text, "Từ chối"));
	reading_done(&reading);
}

static void business_is_flagged(void **state)
{
	struct reading reading = read_package(
		START MIDDLE
		"<edXML:Bussiness><edXML:BussinessDocType>3"
		"</edXML:BussinessDocType><edXML:ReplacementInfoList>"
		"<edXML:ReplacementInfo><edXML:DocumentId>000,2014/01/30,"
		"7806/VPCP</edXML:DocumentId></edXML:ReplacementInfo>"
		"<edXML:ReplacementInfo><edXML:DocumentId>000,2014/01/30,"
		"7806/VPCP</edXML:DocumentId></edXML:ReplacementInfo>"
		"</edXML:ReplacementInfoList></edXML:Bussiness>" BODY FILES
			END);

	(void)state;
	assert_true(reading_has_flag(&reading, "edxml_replace"));
	assert_string_equal(find(&reading, LETTERHEAD_CITED, 0)->role,
			    "replaces");
	assert_string_equal(find(&reading, LETTERHEAD_CITED, 1)->value, "");
	reading_done(&reading);
}

/* Files. */

/* Until the next one. */
static char *encode(struct bytes content)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"
		"mnopqrstuvwxyz0123456789+/";
	static char text[16384];
	char *at = text;

	assert_true(content.size / 3 * 4 + 8 < sizeof(text));
	for (size_t i = 0; i < content.size; i += 3) {
		size_t left = content.size - i;
		unsigned long three = (unsigned long)content.data[i] << 16;

		if (left > 1)
			three |= (unsigned long)content.data[i + 1] << 8;
		if (left > 2)
			three |= content.data[i + 2];
		*at++ = letters[three >> 18 & 63];
		*at++ = letters[three >> 12 & 63];
		*at++ = left > 1 ? letters[three >> 6 & 63] : '=';
		*at++ = left > 2 ? letters[three & 63] : '=';
	}
	*at = '\0';
	return text;
}

struct attached {
	const char *name, *description, *encoded;
};

static struct reading read_files(const struct attached *files, size_t count,
				 size_t references)
{
	auto_text xml = { 0 };

	text_add(&xml, START MIDDLE BODY
		 "<edXML:edXMLBody>"
		 "<edXML:edXMLManifest>");
	for (size_t i = 0; i < references; i++)
		text_add(&xml, "<edXML:Reference/>");
	text_add(&xml, "</edXML:edXMLManifest></edXML:edXMLBody>" FILES);
	for (size_t i = 0; i < count; i++)
		text_addf(&xml,
			  "<Attachment><AttachmentName>%s</AttachmentName>"
			  "<Description>%s</Description>"
			  "<edXML:ContentTransferEncoded>\r\n%s\r\n"
			  "</edXML:ContentTransferEncoded></Attachment>",
			  files[i].name, files[i].description,
			  files[i].encoded);
	text_add(&xml, END);
	return read_package(text_string(&xml));
}

static void a_wrapper_is_taken_off(void **state)
{
	struct made *made = made_open("zip");
	struct attached file = { "cv.pdf", "", NULL };
	struct reading reading;

	(void)state;
	made_add_text(made, "7f229065-682c-47b1-830c-3f0e4f4664f9.pdf",
		      "%PDF-1.4 abc");
	file.encoded = encode(made_close(made));
	reading = read_files(&file, 1, 1);
	assert_int_equal(reading.document.member_count, 1);
	assert_string_equal(reading.document.members[0].name, "cv.pdf");
	assert_string_equal(reading.document.members[0].type,
			    "application/pdf");
	assert_string_equal(reading.document.members[0].role, "main");
	assert_null(reading.document.members[0].flag);
	assert_string_equal(reading_member(&reading, 0), "%PDF-1.4 abc");
	reading_done(&reading);
	free(made);
}

static void a_zip_that_is_meant_stays(void **state)
{
	static const char *const entries[] = {
		"7f229065-682c-47b1-830c-3f0e4f4664f9.txt", "bieu.txt"
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct made *made = made_open("zip");
		struct attached file = { i ? "a.doc" : "a.zip", "", NULL };
		struct reading reading;

		made_add_text(made, entries[i], "abc");
		file.encoded = encode(made_close(made));
		reading = read_files(&file, 1, 1);
		assert_string_equal(reading.document.members[0].type,
				    "application/zip");
		reading_done(&reading);
		free(made);
	}
}

static void broken_files_are_flagged(void **state)
{
	struct attached files[] = {
		{ "a.pdf", "", "${__StringFromFile(a)}" },
		{ "b.pdf", "", "//StrinhFro=" },
		{ "c.pdf", "", NULL },
		{ "d.txt", "", "YWJj" },
	};
	struct reading reading;

	(void)state;
	files[2].encoded = encode(bytes_of(
		"%PDF-1.3\n%\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd x "
		"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
	reading = read_files(files, 4, 5);
	assert_int_equal(reading.document.member_count, 4);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(reading.document.members[i].flag,
				    "broken");
	assert_null(reading.document.members[3].flag);
	assert_true(reading_has_flag(&reading, "broken_files"));
	assert_true(reading_has_flag(&reading, "missing_files"));
	reading_done(&reading);
}

static void an_annex_is_no_document(void **state)
{
	const struct attached files[] = {
		{ "PL1.doc", "Phụ lục 1", "YWJj" },
		{ "a.txt", "Công văn", "YWJj" },
		{ "b.txt", "", "YWJj" },
	};
	struct reading reading = read_files(files, 3, 3);

	(void)state;
	assert_string_equal(reading.document.members[0].role, "annex");
	assert_string_equal(reading.document.members[1].role, "main");
	assert_null(reading.document.members[2].role);
	reading_done(&reading);
}

static void a_package_in_a_package_is_one_file(void **state)
{
	struct attached file = { "a.doc", "", encode(bytes_of(whole)) };
	struct reading reading = read_files(&file, 1, 1);

	(void)state;
	assert_string_equal(reading.document.members[0].type,
			    "application/vnd.vn.edxml+xml");
	assert_null(reading.document.members[0].flag);
	reading_done(&reading);
}

static void entities_are_refused(void **state)
{
	struct reading reading = read_package(
		"<!DOCTYPE a [<!ENTITY x \"y\">]><edXML><Subject>&x;"
		"</Subject></edXML>");

	(void)state;
	assert_string_equal(reading.document.reason, "doctype");
	assert_int_equal(reading.document.stated_count, 0);
	reading_done(&reading);
}

static void a_small_room_is_said(void **state)
{
	unsigned char room[2];
	struct document document;
	struct fail why = { 0 };
	auto_arena *arena = arena_create(0);
	const struct document_request request = {
		.content = bytes_of("<edXML><Attachment>"
				    "<ContentTransferEncoded>YWJj"
				    "</ContentTransferEncoded></Attachment>"
				    "</edXML>"),
		.room = room,
		.room_size = sizeof(room)
	};

	(void)state;
	assert_false(document_read(&request, arena, &document, &why));
	assert_int_equal(why.kind, FAIL_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_fields_are_stated),
		cmocka_unit_test(faults_of_producers_do_no_harm),
		cmocka_unit_test(impossible_values_are_doubted),
		cmocka_unit_test(bytes_that_are_no_text_become_text),
		cmocka_unit_test(the_name_of_a_document_has_its_symbol),
		cmocka_unit_test(status_is_no_document),
		cmocka_unit_test(business_is_flagged),
		cmocka_unit_test(a_wrapper_is_taken_off),
		cmocka_unit_test(a_zip_that_is_meant_stays),
		cmocka_unit_test(broken_files_are_flagged),
		cmocka_unit_test(an_annex_is_no_document),
		cmocka_unit_test(a_package_in_a_package_is_one_file),
		cmocka_unit_test(entities_are_refused),
		cmocka_unit_test(a_small_room_is_said)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
