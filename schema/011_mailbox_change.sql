-- Mailboxes are changed by people: who saw an older version is told so.
ALTER TABLE mailbox ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- From here on a ledger or conflict line with a negative uidvalidity is one of
-- a place that is read no more: another server, another user, a folder that
-- was dropped. Its letter is known again wherever in the mailbox it turns up.
