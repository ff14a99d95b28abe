-- How many blobs of each kind there are and how much room they take, counted by the worker now and then: an answer that
-- costs the same however many there are.
CREATE TABLE platform.blob_tally (
    kind text COLLATE "C" PRIMARY KEY,
    blobs bigint NOT NULL,
    bytes bigint NOT NULL,
    counted_at timestamptz NOT NULL
);
