-- Until when somebody may execute the request that was signed for an intent. It stays, with its nonce, when the intent
-- waits again: nothing else may be signed for that nonce as long as the earlier signature is worth something.
ALTER TABLE recorded.intent ADD COLUMN forward_until timestamptz;

CREATE INDEX intent_sent ON recorded.intent (number) WHERE state = 'SENT';
CREATE INDEX intent_request ON recorded.intent (signer, forward_nonce) WHERE forward_nonce IS NOT NULL;
CREATE INDEX intent_signed ON recorded.intent (signer)
    WHERE state IN ('WAITING', 'SENT', 'FAILED') AND block IS NULL AND forward_nonce IS NOT NULL;
