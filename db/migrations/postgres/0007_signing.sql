CREATE TABLE "open_links" (
	"id" text PRIMARY KEY NOT NULL,
	"letter_id" text NOT NULL,
	"slug" text NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"cap" integer,
	"count" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "signatures_live_organisation_key";--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "channel" text DEFAULT 'mail' NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "passed_on_from" text;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "reminded" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "signatures" ADD COLUMN "proposed" "bytea";--> statement-breakpoint
ALTER TABLE "signatures" ADD COLUMN "proposed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "signatures" ADD COLUMN "reviewed_by" text;--> statement-breakpoint
ALTER TABLE "signatures" ADD COLUMN "reviewed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "signatures" ADD COLUMN "review" "bytea";--> statement-breakpoint
ALTER TABLE "signings" ADD COLUMN "open_link_id" text;--> statement-breakpoint
ALTER TABLE "signings" ADD COLUMN "reminded" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "open_links" ADD CONSTRAINT "open_links_letter_id_letters_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."letters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_links" ADD CONSTRAINT "open_links_created_by_members_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "open_links_slug_key" ON "open_links" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "open_links_by_letter" ON "open_links" USING btree ("letter_id","created_at","id");--> statement-breakpoint
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_reviewed_by_members_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signings" ADD CONSTRAINT "signings_open_link_id_open_links_id_fk" FOREIGN KEY ("open_link_id") REFERENCES "public"."open_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "links_by_signing" ON "links" USING btree ("signing_id");--> statement-breakpoint
CREATE INDEX "signatures_by_status" ON "signatures" USING btree ("letter_id","status","position");--> statement-breakpoint
CREATE INDEX "signatures_by_rank" ON "signatures" USING btree ("letter_id","capacity","rank","id") WHERE status = 'listed' and rank is not null;--> statement-breakpoint
CREATE INDEX "signings_by_address" ON "signings" USING btree ("letter_id","address_index") WHERE address_index is not null;--> statement-breakpoint
CREATE INDEX "signings_unconfirmed" ON "signings" USING btree ("created_at","id") WHERE confirmed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "signatures_live_organisation_key" ON "signatures" USING btree ("letter_id","organisation_id") WHERE capacity = 'organisation' and organisation_id is not null and status in ('confirmed', 'listed');--> statement-breakpoint
-- The new key is checked at the commit too, as the first ones are.
DO $$ DECLARE key record; BEGIN FOR key IN SELECT conrelid::regclass AS owner, conname AS name FROM pg_constraint WHERE contype = 'f' AND confdeltype = 'a' AND connamespace = current_schema()::regnamespace LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', key.owner, key.name); END LOOP; END $$;
