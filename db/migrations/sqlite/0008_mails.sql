CREATE TABLE `mail_stops` (
	`letter_id` text NOT NULL,
	`address_index` blob NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`letter_id`, `address_index`),
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `mailings` (
	`id` text PRIMARY KEY NOT NULL,
	`letter_id` text NOT NULL,
	`kind` text NOT NULL,
	`mark` text NOT NULL,
	`after` text DEFAULT '' NOT NULL,
	`queued` integer DEFAULT 0 NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mailings_mark_key` ON `mailings` (`letter_id`,`kind`,`mark`);--> statement-breakpoint
DROP INDEX `signings_by_letter`;--> statement-breakpoint
CREATE INDEX `signings_by_letter` ON `signings` (`letter_id`,`id`);--> statement-breakpoint
ALTER TABLE `invitations` ADD `reminded_at` integer;--> statement-breakpoint
ALTER TABLE `invitations` ADD `reminded_until` text;--> statement-breakpoint
CREATE INDEX `invitations_considering` ON `invitations` (`considering_until`) WHERE status = 'considering';--> statement-breakpoint
CREATE INDEX `invitations_walk` ON `invitations` (`letter_id`,`id`);--> statement-breakpoint
ALTER TABLE `letters` ADD `mails` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `signing_id` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `priority` integer DEFAULT 2 NOT NULL;--> statement-breakpoint
CREATE INDEX `outbox_next` ON `outbox` (`priority`,`run_at`,`id`) WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`letter_id`) WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX `outbox_sent` ON `outbox` (`ended_at`) WHERE state = 'sent';--> statement-breakpoint
CREATE INDEX `outbox_by_signing` ON `outbox` (`signing_id`) WHERE signing_id is not null;--> statement-breakpoint
CREATE INDEX `audit_entries_signed` ON `audit_entries` (`actor_id`) WHERE type = 'signed';