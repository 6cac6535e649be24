-- Who signed an answer to the draft, by name; and that a party said nothing until the last day, which is told as such.
ALTER TABLE feedbacks ADD COLUMN signer TEXT;
ALTER TABLE feedbacks DROP CONSTRAINT feedbacks_answer;
ALTER TABLE feedbacks ADD CONSTRAINT feedbacks_answer CHECK (answer IN ('no_objection', 'objection', 'silent'));

-- What an objection is about as the draft had it: under which heading, and in which words.
ALTER TABLE objections ADD COLUMN about_place TEXT NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN about_text TEXT NOT NULL DEFAULT '';
