// Where the side leads, by role; the letter is the second key after g.
import { Session } from './api';
import { say } from './words';

export interface Place { path: string; icon: string; key: string; label: string; roles: string[]; count?: number; bad?: number; group?: string }

export function places(session: Session, faults: number): Place[] {
  const all: Place[] = [
    { path: '/', icon: 'list-checks', key: 'V', label: say('Việc của tôi', 'My work'), roles: ['leader', 'unit_head', 'specialist', 'clerk'] },
    { path: '/tiep-nhan', icon: 'inbox', key: 'T', label: say('Tiếp nhận', 'Intake'), roles: ['clerk'], count: session.counts.todo },
    { path: '/den', icon: 'in', key: 'D', label: say('Văn bản đến', 'Incoming'), roles: ['clerk', 'leader'] },
    { path: '/di', icon: 'out', key: 'I', label: say('Văn bản đi', 'Outgoing'), roles: ['clerk', 'leader'] },
    { path: '/tra-cuu', icon: 'search', key: 'S', label: say('Tra cứu', 'Search'), roles: ['clerk', 'leader', 'unit_head', 'specialist'] },
    { path: '/ho-so', icon: 'book', key: 'L', label: say('Hồ sơ', 'Dossiers'), roles: ['clerk', 'leader', 'unit_head', 'specialist'] },
    { path: '/tong-quan', icon: 'chart-column', key: 'Q', label: say('Tổng quan', 'Overview'), roles: ['leader', 'unit_head', 'clerk'] },
    { path: '/hop-thu', icon: 'mails', key: 'H', label: say('Hộp thư', 'Mailboxes'), roles: ['clerk', 'administrator'], bad: faults },
    { path: '/quan-tri', icon: 'users', key: 'A', label: say('Quản trị', 'Administration'), roles: ['administrator'] },
    { path: '/nhat-ky', icon: 'audit', key: 'N', label: say('Nhật ký', 'Audit log'), roles: ['administrator'] },
  ];
  return all.filter((p) => p.roles.some((r) => session.user.roles.some((own) => own === r)));
}

/** Screens with two panes get the narrow side at every width. */
export function isRail(path: string): boolean { return /^\/(tiep-nhan|den\/moi)/.test(path); }
