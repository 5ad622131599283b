-- Where an act came from: the address of the person's machine, " phone" after
-- it; "gateway", "command"; null: the service itself, and all rows written
-- before this column was. A row that has one is hashed with it.
ALTER TABLE audit ADD COLUMN origin TEXT;
