CREATE TABLE `open_links` (
	`id` text PRIMARY KEY NOT NULL,
	`letter_id` text NOT NULL,
	`slug` text NOT NULL,
	`label` text DEFAULT '' NOT NULL,
	`cap` integer,
	`count` integer DEFAULT 0 NOT NULL,
	`expires_at` integer,
	`closed_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `open_links_slug_key` ON `open_links` (`slug`);--> statement-breakpoint
CREATE INDEX `open_links_by_letter` ON `open_links` (`letter_id`,`created_at`,`id`);--> statement-breakpoint
DROP INDEX `signatures_live_organisation_key`;--> statement-breakpoint
ALTER TABLE `signatures` ADD `proposed` blob;--> statement-breakpoint
ALTER TABLE `signatures` ADD `proposed_at` integer;--> statement-breakpoint
ALTER TABLE `signatures` ADD `reviewed_by` text REFERENCES members(id);--> statement-breakpoint
ALTER TABLE `signatures` ADD `reviewed_at` integer;--> statement-breakpoint
ALTER TABLE `signatures` ADD `review` blob;--> statement-breakpoint
CREATE INDEX `signatures_by_status` ON `signatures` (`letter_id`,`status`,`position`);--> statement-breakpoint
CREATE INDEX `signatures_by_rank` ON `signatures` (`letter_id`,`capacity`,`rank`,`id`) WHERE status = 'listed' and rank is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `signatures_live_organisation_key` ON `signatures` (`letter_id`,`organisation_id`) WHERE capacity = 'organisation' and organisation_id is not null and status in ('confirmed', 'listed');--> statement-breakpoint
ALTER TABLE `invitations` ADD `channel` text DEFAULT 'mail' NOT NULL;--> statement-breakpoint
ALTER TABLE `invitations` ADD `passed_on_from` text;--> statement-breakpoint
ALTER TABLE `invitations` ADD `reminded` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `signings` ADD `open_link_id` text REFERENCES open_links(id);--> statement-breakpoint
ALTER TABLE `signings` ADD `reminded` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `signings_by_address` ON `signings` (`letter_id`,`address_index`) WHERE address_index is not null;--> statement-breakpoint
CREATE INDEX `signings_unconfirmed` ON `signings` (`created_at`,`id`) WHERE confirmed_at is null;--> statement-breakpoint
CREATE INDEX `links_by_signing` ON `links` (`signing_id`);