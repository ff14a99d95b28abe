-- What a session was begun with, such as "Firefox on Linux", so that its owner knows it in a list.
ALTER TABLE accounts.session ADD COLUMN device text NOT NULL DEFAULT '' CHECK (char_length(device) <= 60);
