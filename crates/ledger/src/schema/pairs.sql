-- The pairs of every event from its parties: each actor with each recipient, or actors among themselves where there is
-- no recipient at all.
INSERT INTO event_pairs (event, a, b, day)
SELECT DISTINCT events.n, min(one.code, other.code), max(one.code, other.code), events.day
FROM events
JOIN event_parties AS one ON one.event = events.n AND one.side = 'actor'
JOIN event_parties AS other ON other.event = events.n AND other.side = CASE
    WHEN EXISTS (SELECT 1 FROM event_parties AS r WHERE r.event = events.n AND r.side = 'recipient')
    THEN 'recipient' ELSE 'actor' END
WHERE one.code <> other.code;
