CREATE TABLE "mail_stops" (
	"letter_id" text NOT NULL,
	"address_index" "bytea" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mail_stops_letter_id_address_index_pk" PRIMARY KEY("letter_id","address_index")
);
--> statement-breakpoint
CREATE TABLE "mailings" (
	"id" text PRIMARY KEY NOT NULL,
	"letter_id" text NOT NULL,
	"kind" text NOT NULL,
	"mark" text NOT NULL,
	"after" text DEFAULT '' NOT NULL,
	"queued" integer DEFAULT 0 NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "signings_by_letter";--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "reminded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "reminded_until" text;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "mails" jsonb;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "signing_id" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "priority" integer DEFAULT 2 NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_stops" ADD CONSTRAINT "mail_stops_letter_id_letters_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."letters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_letter_id_letters_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."letters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_created_by_members_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mailings_mark_key" ON "mailings" USING btree ("letter_id","kind","mark");--> statement-breakpoint
CREATE INDEX "audit_entries_signed" ON "audit_entries" USING btree ("actor_id") WHERE type = 'signed';--> statement-breakpoint
CREATE INDEX "invitations_considering" ON "invitations" USING btree ("considering_until") WHERE status = 'considering';--> statement-breakpoint
CREATE INDEX "invitations_walk" ON "invitations" USING btree ("letter_id","id");--> statement-breakpoint
CREATE INDEX "outbox_next" ON "outbox" USING btree ("priority","run_at","id") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("letter_id") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "outbox_sent" ON "outbox" USING btree ("ended_at") WHERE state = 'sent';--> statement-breakpoint
CREATE INDEX "outbox_by_signing" ON "outbox" USING btree ("signing_id") WHERE signing_id is not null;--> statement-breakpoint
CREATE INDEX "signings_by_letter" ON "signings" USING btree ("letter_id","id");--> statement-breakpoint
-- The new key is checked at the commit too, as the first ones are.
DO $$ DECLARE key record; BEGIN FOR key IN SELECT conrelid::regclass AS owner, conname AS name FROM pg_constraint WHERE contype = 'f' AND confdeltype = 'a' AND connamespace = current_schema()::regnamespace LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', key.owner, key.name); END LOOP; END $$;
