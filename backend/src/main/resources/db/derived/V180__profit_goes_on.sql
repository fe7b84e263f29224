-- What facts make known that later ones name: few among many, and wanted from the beginning.
CREATE INDEX log_of_knowledge ON derived.log (block_number, log_index)
    WHERE canonical AND (contract IN ('RuleBook', 'Seats') OR topic0 IN (
        '\x7c43796b04f2726c905686860daccabc0973b2062bf70e4136c1fe2be8bd7a1d',
        '\xc64b2a9a565e1a78cc0cb6bdfec3d84de2b229d70670e69df9ce481db01ef45d'));

-- Of which works a work is a remix: many, of which an epoch's sales name some.
CREATE INDEX log_of_remix ON derived.log (topic1)
    WHERE canonical AND contract = 'Works'
        AND topic0 = '\xf05b34c865e52e6d90ab881608117d607bfb0f64fb0c896b261af2721af923c8';

-- Statements are made anew, each from the one before, with what these columns want.
DELETE FROM derived.statement;

-- What a text says before its accounts, by itself: a text has megabytes.
ALTER TABLE derived.statement ADD COLUMN head bytea NOT NULL;

-- The events behind an account's line, a few bytes each; atelier.profit.Trail says how.
ALTER TABLE derived.share ADD COLUMN deeds bytea NOT NULL;
