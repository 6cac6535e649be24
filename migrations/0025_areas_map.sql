-- Where a community lies on the map: millionths of a degree in GCJ-02, the coordinates of Chinese maps. Whole numbers,
-- so that no database rounds them.

ALTER TABLE communities ADD COLUMN latitude_e6 INTEGER;
ALTER TABLE communities ADD COLUMN longitude_e6 INTEGER;
