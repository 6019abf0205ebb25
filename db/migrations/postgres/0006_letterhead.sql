ALTER TABLE "letters" ADD COLUMN "letterhead" jsonb;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "letterhead_logo" text;--> statement-breakpoint
-- A letter delivered before this keeps the letterhead it has now. Before the key is there: it would wait for the commit, and no table changes while a key waits.
UPDATE "letters" SET
  "letterhead" = jsonb_build_object('name', coalesce(c.settings->>'publicName', c.name), 'lines', coalesce(c.settings->'letterhead'->'lines', '[]'::jsonb)),
  "letterhead_logo" = (SELECT b.id FROM "blobs" b WHERE (c.settings->'letterhead'->>'logo')::boolean AND b.id = c.settings->>'logo' AND b.activated_at IS NOT NULL)
FROM "coalitions" c WHERE c.id = "letters".coalition_id AND "letters".delivered_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_letterhead_logo_blobs_id_fk" FOREIGN KEY ("letterhead_logo") REFERENCES "public"."blobs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "letters_by_letterhead_logo" ON "letters" USING btree ("letterhead_logo") WHERE letterhead_logo is not null;--> statement-breakpoint
-- The new key is checked at the commit too, as the first ones are.
DO $$ DECLARE key record; BEGIN FOR key IN SELECT conrelid::regclass AS owner, conname AS name FROM pg_constraint WHERE contype = 'f' AND confdeltype = 'a' AND connamespace = current_schema()::regnamespace LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', key.owner, key.name); END LOOP; END $$;
