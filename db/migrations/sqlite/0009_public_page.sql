ALTER TABLE `letters` ADD `rank_generation` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `letters` ADD `ranked_as` text;--> statement-breakpoint
CREATE INDEX `signatures_unranked` ON `signatures` (`letter_id`,`position`) WHERE status = 'listed' and publication = 'public' and rank is null;