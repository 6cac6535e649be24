-- What a household file tells of is found by household and person, not by reading a whole station's records: measured
-- at 100,000 persons, where the page read every visit there was.

CREATE INDEX visits_of_household ON visits (household_id);
CREATE INDEX visits_of_person ON visits (person_id);
CREATE INDEX cases_of_household ON cases (household_id);
CREATE INDEX cases_of_person ON cases (person_id);
CREATE INDEX case_sessions_of_case ON case_sessions (case_id);
CREATE INDEX case_closures_of_case ON case_closures (case_id);
CREATE INDEX group_attendances_of_person ON group_attendances (person_id);
CREATE INDEX home_adaptations_of_household ON home_adaptations (household_id);
