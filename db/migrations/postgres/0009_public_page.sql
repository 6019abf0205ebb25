ALTER TABLE "letters" ADD COLUMN "rank_generation" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "ranked_as" text;--> statement-breakpoint
CREATE INDEX "signatures_unranked" ON "signatures" USING btree ("letter_id","position") WHERE status = 'listed' and publication = 'public' and rank is null;