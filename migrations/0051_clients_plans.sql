-- When a personal plan was reviewed and by whom: a review is written for itself and leaves the approval of the plan's
-- text as it was.

ALTER TABLE personal_plans ADD COLUMN reviewed_on DATE;
ALTER TABLE personal_plans ADD COLUMN reviewed_by TEXT;
