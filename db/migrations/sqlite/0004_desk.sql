CREATE TABLE `draft_comments` (
	`id` text PRIMARY KEY NOT NULL,
	`letter_id` text NOT NULL,
	`member_id` text NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`settled_by` text,
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`settled_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `draft_comments_by_letter` ON `draft_comments` (`letter_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `draft_saves` (
	`id` text PRIMARY KEY NOT NULL,
	`letter_id` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`part` text NOT NULL,
	`language` text,
	`revision` integer NOT NULL,
	`content` text NOT NULL,
	`saved_by` text NOT NULL,
	`saved_at` integer NOT NULL,
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`saved_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `draft_saves_number_key` ON `draft_saves` (`letter_id`,`number`);--> statement-breakpoint
ALTER TABLE `letter_texts` ADD `revision` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `letter_texts` ADD `based_on` integer;--> statement-breakpoint
ALTER TABLE `letters` ADD `settings_revision` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `letters` ADD `replaces` text;--> statement-breakpoint
ALTER TABLE `letters` ADD `archived_at` integer;--> statement-breakpoint
ALTER TABLE `members` ADD `sealed` blob;--> statement-breakpoint
ALTER TABLE `signatures` ADD `place` integer;--> statement-breakpoint
CREATE INDEX `signatures_by_place` ON `signatures` (`letter_id`,`place`) WHERE place is not null;