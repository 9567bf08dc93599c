-- What no visit from outside can tell about a site, and an auditor asks for: which environment it is and how people pay
-- there. Every version is kept, the highest one holds.
CREATE TABLE scope_note (
  site_id     int NOT NULL REFERENCES site ON DELETE CASCADE,
  version     int NOT NULL CHECK (version > 0),
  environment text NOT NULL CHECK (environment IN ('PRODUCTION', 'TEST')),
  payment     text NOT NULL CHECK (payment IN ('NONE', 'OWN_FORM', 'PROVIDER_SCRIPT', 'PROVIDER_FRAME', 'REDIRECT')),
  note        text NOT NULL,
  by_name     text NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (site_id, version)
);
