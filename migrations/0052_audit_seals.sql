-- Where a chain ends, bound by a keyed hash: a tail cut off together with its head shows. What is there from before has none until the
-- program opens the database, which seals it and says so in the chain of the whole.

ALTER TABLE audit_heads ADD COLUMN seal TEXT;
