-- Spring Session's own layout.
CREATE TABLE recorded.web_session (
    primary_id            char(36) PRIMARY KEY,
    session_id            char(36) NOT NULL UNIQUE,
    creation_time         bigint NOT NULL,
    last_access_time      bigint NOT NULL,
    max_inactive_interval int NOT NULL,
    expiry_time           bigint NOT NULL,
    principal_name        varchar(100)
);

CREATE INDEX web_session_by_expiry ON recorded.web_session (expiry_time);
CREATE INDEX web_session_by_principal ON recorded.web_session (principal_name);

CREATE TABLE recorded.web_session_attributes (
    session_primary_id char(36) NOT NULL REFERENCES recorded.web_session ON DELETE CASCADE,
    attribute_name     varchar(200) NOT NULL,
    attribute_bytes    bytea NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);
