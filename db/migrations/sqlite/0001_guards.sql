-- What was signed stays what it is: frozen versions, consents and the audit log can't be changed. A row may go only together with
-- the row it belongs to; a frozen letter that is not the sample never goes.
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER letter_versions_no_update BEFORE UPDATE ON letter_versions BEGIN SELECT RAISE(ABORT, 'letter_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER version_texts_no_update BEFORE UPDATE ON version_texts BEGIN SELECT RAISE(ABORT, 'version_texts is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER consents_no_update BEFORE UPDATE ON consents BEGIN SELECT RAISE(ABORT, 'consents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER letter_versions_no_delete BEFORE DELETE ON letter_versions WHEN EXISTS (SELECT 1 FROM letters WHERE id = OLD.letter_id) BEGIN SELECT RAISE(ABORT, 'letter_versions is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER version_texts_no_delete BEFORE DELETE ON version_texts WHEN EXISTS (SELECT 1 FROM letter_versions WHERE id = OLD.version_id) BEGIN SELECT RAISE(ABORT, 'version_texts is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER consents_no_delete BEFORE DELETE ON consents WHEN EXISTS (SELECT 1 FROM signatures WHERE id = OLD.signature_id) BEGIN SELECT RAISE(ABORT, 'consents is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER letters_frozen_no_delete BEFORE DELETE ON letters WHEN OLD.sample = 0 AND EXISTS (SELECT 1 FROM letter_versions WHERE letter_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'a frozen letter is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER letters_sample_no_update BEFORE UPDATE OF sample ON letters WHEN OLD.sample <> NEW.sample BEGIN SELECT RAISE(ABORT, 'a letter does not become a sample, nor a sample a letter'); END;
