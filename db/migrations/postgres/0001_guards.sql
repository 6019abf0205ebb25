-- What was signed stays what it is: frozen versions, consents and the audit log can't be changed. A row may go only together with
-- the row it belongs to; a frozen letter that is not the sample never goes.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
--> statement-breakpoint
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER letter_versions_no_update BEFORE UPDATE ON letter_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER version_texts_no_update BEFORE UPDATE ON version_texts FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER consents_no_update BEFORE UPDATE ON consents FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION keep_letter_versions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM letters WHERE id = OLD.letter_id) THEN RAISE EXCEPTION 'letter_versions is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$;
--> statement-breakpoint
CREATE TRIGGER letter_versions_no_delete BEFORE DELETE ON letter_versions FOR EACH ROW EXECUTE FUNCTION keep_letter_versions();
--> statement-breakpoint
CREATE FUNCTION keep_version_texts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM letter_versions WHERE id = OLD.version_id) THEN RAISE EXCEPTION 'version_texts is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$;
--> statement-breakpoint
CREATE TRIGGER version_texts_no_delete BEFORE DELETE ON version_texts FOR EACH ROW EXECUTE FUNCTION keep_version_texts();
--> statement-breakpoint
CREATE FUNCTION keep_consents() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM signatures WHERE id = OLD.signature_id) THEN RAISE EXCEPTION 'consents is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$;
--> statement-breakpoint
CREATE TRIGGER consents_no_delete BEFORE DELETE ON consents FOR EACH ROW EXECUTE FUNCTION keep_consents();
--> statement-breakpoint
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION keep_frozen_letter() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT OLD.sample AND EXISTS (SELECT 1 FROM letter_versions WHERE letter_id = OLD.id) THEN RAISE EXCEPTION 'a frozen letter is never deleted' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$;
--> statement-breakpoint
CREATE TRIGGER letters_frozen_no_delete BEFORE DELETE ON letters FOR EACH ROW EXECUTE FUNCTION keep_frozen_letter();
--> statement-breakpoint
CREATE TRIGGER letters_sample_no_update BEFORE UPDATE OF sample ON letters FOR EACH ROW WHEN (OLD.sample <> NEW.sample) EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER letter_versions_no_truncate BEFORE TRUNCATE ON letter_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER version_texts_no_truncate BEFORE TRUNCATE ON version_texts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER consents_no_truncate BEFORE TRUNCATE ON consents FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A letter or coalition goes with all its rows, and among these some refer to others without a cascade. SQLite asks at the end of
-- the whole deletion whether all is well, this engine in the middle of its cascades, unless it is told to ask at the commit.
DO $$ DECLARE key record; BEGIN FOR key IN SELECT conrelid::regclass AS owner, conname AS name FROM pg_constraint WHERE contype = 'f' AND confdeltype = 'a' AND connamespace = current_schema()::regnamespace LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', key.owner, key.name); END LOOP; END $$;
