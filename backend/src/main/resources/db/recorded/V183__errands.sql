-- What Atelier sends for everybody was written down in four ways; it is written down in one now,
-- each attempt under an intent of its own. A subject begins with the era of its chain: the one that
-- its intent left in, or the newest.
INSERT INTO recorded.errand (kind, subject, attempt, intent)
SELECT e.kind, coalesce(p.era, (SELECT max(era) FROM recorded.era), 0) || '/' || e.subject, e.attempt, e.intent
FROM (
    SELECT 'council.' || step, proposal::text, attempt, intent FROM recorded.proposal_errand
    UNION ALL
    SELECT 'governance.execute', '0x' || encode(operation, 'hex') || '@' || scheduled, try, intent
    FROM recorded.operation_try
    UNION ALL
    SELECT 'governance.seat', member || '@' || (extract(epoch FROM asked) * 1000000)::bigint, tries, intent
    FROM recorded.seat_request WHERE intent IS NOT NULL
) AS e (kind, subject, attempt, intent)
LEFT JOIN recorded.progress p ON p.id = e.intent;

DROP TABLE recorded.proposal_errand;
DROP TABLE recorded.operation_try;

-- A wish for a seat keeps only whether something was sent for it.
ALTER TABLE recorded.seat_request ADD COLUMN sent boolean NOT NULL DEFAULT false;
UPDATE recorded.seat_request SET sent = true WHERE intent IS NOT NULL;
ALTER TABLE recorded.seat_request DROP COLUMN intent, DROP COLUMN tries;
