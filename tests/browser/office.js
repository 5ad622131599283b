// A small office at work: units, people of every role, documents in every
// state. For the screens and for the tests that walk through a day.
'use strict';
const { lettersOf, Service } = require('./service.js');

const PASSWORD = 'Mot-mat-khau-2026';

const UNITS = [
  ['VP', 'Văn phòng Sở'], ['TCCB', 'Phòng Tổ chức cán bộ'],
  ['KHTC', 'Phòng Kế hoạch – Tài chính'],
  ['CCTL', 'Chi cục Thủy lợi'], ['CCKL', 'Chi cục Kiểm lâm'],
  ['TTBVTV', 'Chi cục Trồng trọt và Bảo vệ thực vật'],
];

const PEOPLE = {
  clerk: { login: 'ltt.ha', name: 'Lê Thị Thu Hà', position: 'Văn thư Sở',
    unit: 'VP' },
  leader: { login: 'dh.truong', name: 'Đặng Hữu Trường',
    position: 'Giám đốc' },
  unit_head: { login: 'pd.nghia', name: 'Phan Đình Nghĩa',
    position: 'Trưởng phòng', unit: 'KHTC' },
  specialist: { login: 'ntb.ngoc', name: 'Ngô Thị Bích Ngọc',
    position: 'Chuyên viên', unit: 'KHTC' },
  administrator: { login: 'lg.bao', name: 'Lương Gia Bảo',
    position: 'Quản trị hệ thống' },
};

const ISSUERS = ['UBND tỉnh Sông Lam', 'Bộ Nông nghiệp và Môi trường',
  'Sở Xây dựng', 'Sở Nội vụ', 'UBND xã Tân Lộc', 'Thanh tra tỉnh'];

const SUBJECTS = [
  'Báo cáo kết quả thực hiện công tác cải cách hành chính 6 tháng đầu năm',
  'Chủ động ứng phó mưa lũ, sạt lở đất và lũ quét khu vực miền núi',
  'Lấy ý kiến điều chỉnh quy hoạch thoát nước khu vực phường Nam Giang',
  'Chấm điểm, xác định chỉ số cải cách hành chính',
  'Đề nghị hỗ trợ giống khôi phục sản xuất sau mưa lũ',
  'Cung cấp hồ sơ phục vụ công tác thanh tra trách nhiệm',
  'Tăng cường phòng, chống sâu keo mùa thu và rầy nâu hại lúa vụ Hè Thu',
  'Thẩm định dự toán kinh phí Chương trình xây dựng nông thôn mới',
];

/** One person's calls to the service, with the session's cookie. */
class Person {
  constructor(service, login) { this.url = service.url; this.login = login; }

  async call(method, place, body, headers = {}) {
    const answer = await fetch(`${this.url}/api/v1/${place}`, {
      method, body: body === undefined ? undefined : JSON.stringify(body),
      headers: { 'X-Requested-With': 'svb', 'Origin': this.url,
        'Content-Type': 'application/json', 'Cookie': this.cookie || '',
        ...headers } });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`${method} ${place}: ${answer.status} ${text}`);
    const cookie = answer.headers.get('set-cookie');
    if (cookie) this.cookie = cookie.split(';')[0];
    return text ? JSON.parse(text) : {};
  }

  get(place) { return this.call('GET', place); }

  post(place, body) { return this.call('POST', place, body); }

  async signIn() {
    await this.post('session', { user: this.login, password: PASSWORD });
    return this;
  }
}

function day(offset) {
  return new Date(Date.now() + 7 * 3600e3 + offset * 86400e3)
    .toISOString().slice(0, 10);
}

class Office extends Service {
  /** With these documents in the queue (see makeDocuments), or letters. */
  async open(documents = [],
    letters = documents.length ? lettersOf(documents) : undefined) {
    this.documents = documents.slice(0, documents.length / 2);
    await this.start(letters);
    for (const [code, name] of UNITS)
      this.run(['unit', 'add', code, '--name', name]);
    this.people = {};
    for (const [role, one] of Object.entries(PEOPLE)) {
      this.run(['user', 'add', one.login, '--name', one.name, '--role', role,
        '--position', one.position, ...(one.unit ? ['--unit', one.unit] : []),
        '--password-stdin', '--keep-password'], `${PASSWORD}\n`);
      this.people[role] = await new Person(this, one.login).signIn();
    }
    const lists = await this.people.clerk.get('lists/units');
    this.units = Object.fromEntries(lists.items.map((u) => [u.code, u.id]));
    const users = await this.people.clerk.get('lists/users');
    this.users = Object.fromEntries(users.items.map((u) => [u.name, u.id]));
  }

  userOf(role) { return this.users[PEOPLE[role].name]; }

  /** Documents in every state of their way. */
  async fill(count = 16) {
    const { clerk, leader } = this.people;
    this.entries = [];
    const { items } = await clerk.get('intake?tab=todo&limit=100');
    for (let i = 0; i < count; i++) {
      const facts = i % 2 ? undefined : this.documents[i / 2]?.facts;
      this.entries.push(await clerk.post('entries', facts ? {
        direction: 'in', issuer: facts.issuer, symbol: facts.symbol,
        document_day: facts.document_day, subject: facts.subject,
        letter: items.find((l) => l.subject.includes(facts.symbol)).id,
        signer_name: facts.signer_name, type_id: 18, due_day: day(2 + i % 7),
        urgency: i % 5 === 1 ? 3 : 0, duplicate_reason: 'mẫu thử' } : {
        direction: 'in', issuer: ISSUERS[i % ISSUERS.length],
        symbol: `${1234 + i * 7}/UBND-KT`, document_day: day(-3),
        subject: SUBJECTS[i % SUBJECTS.length], type_id: 18,
        urgency: i % 5 === 1 ? 3 : i % 5 === 3 ? 1 : 0,
        signer_name: 'Trịnh Công Hậu', due_day: day(2 + i % 7),
        receiver: 'Phòng Kế hoạch – Tài chính' }));
    }
    for (const entry of this.entries.slice(0, count - 2))
      await this.step(clerk, entry, 'submit', { to: this.userOf('leader') });
    for (const entry of this.entries.slice(0, count / 2)) {
      await this.step(leader, entry, 'instruct', {
        text: 'Giao Phòng KHTC chủ trì, phối hợp TCCB, Văn phòng tổng hợp ' +
          'báo cáo trước ngày 29/6.', due_day: day(3),
        assignments: [{ unit: this.units.KHTC, role: 'lead' },
          { unit: this.units.TCCB, role: 'support' },
          { unit: this.units.VP, role: 'support' }] });
    }
    await this.handle(count);
    await leader.post('saved-searches', { name: 'Cải cách hành chính',
      query: { q: 'cai cach hanh chinh' }, in_sidebar: true });
    this.letter = (await clerk.get('intake?tab=todo')).items[0]?.id;
    await clerk.post(`entries/${this.entries[count - 1].id}/void`, {
      version: this.entries[count - 1].version,
      reason: 'đăng ký trùng với số đến trước đó' });
  }

  async handle(count) {
    const { unit_head, specialist } = this.people;
    for (const entry of this.entries.slice(0, count / 4)) {
      await this.step(unit_head, entry, 'assign', {
        people: [{ user: this.userOf('specialist'), role: 'lead' }],
        note: 'Tham mưu trong tuần' });
    }
    await this.step(specialist, this.entries[0], 'comments', {
      text: 'Đã liên hệ các đơn vị, chờ số liệu của Chi cục Thủy lợi.' });
  }

  async step(person, entry, verb, body) {
    const { version } = await person.get(`entries/${entry.id}/flow`);
    return person.post(`entries/${entry.id}/${verb}`, { version, ...body });
  }
}

module.exports = { Office, PASSWORD, PEOPLE, Person, day };
