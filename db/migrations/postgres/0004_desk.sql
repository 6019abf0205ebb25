CREATE TABLE "draft_comments" (
	"id" text PRIMARY KEY NOT NULL,
	"letter_id" text NOT NULL,
	"member_id" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"settled_by" text
);
--> statement-breakpoint
CREATE TABLE "draft_saves" (
	"id" text PRIMARY KEY NOT NULL,
	"letter_id" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"part" text NOT NULL,
	"language" text,
	"revision" integer NOT NULL,
	"content" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "letter_texts" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "letter_texts" ADD COLUMN "based_on" integer;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "settings_revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "replaces" text;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "sealed" "bytea";--> statement-breakpoint
ALTER TABLE "signatures" ADD COLUMN "place" integer;--> statement-breakpoint
ALTER TABLE "draft_comments" ADD CONSTRAINT "draft_comments_letter_id_letters_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."letters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_comments" ADD CONSTRAINT "draft_comments_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_comments" ADD CONSTRAINT "draft_comments_settled_by_members_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_saves" ADD CONSTRAINT "draft_saves_letter_id_letters_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."letters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_saves" ADD CONSTRAINT "draft_saves_saved_by_members_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "draft_comments_by_letter" ON "draft_comments" USING btree ("letter_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "draft_saves_number_key" ON "draft_saves" USING btree ("letter_id","number");--> statement-breakpoint
CREATE INDEX "signatures_by_place" ON "signatures" USING btree ("letter_id","place") WHERE place is not null;--> statement-breakpoint
-- The new keys without a cascade are checked at the commit too, as the first ones are.
DO $$ DECLARE key record; BEGIN FOR key IN SELECT conrelid::regclass AS owner, conname AS name FROM pg_constraint WHERE contype = 'f' AND confdeltype = 'a' AND connamespace = current_schema()::regnamespace LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', key.owner, key.name); END LOOP; END $$;
