CREATE TABLE `audit_entries` (
	`scope_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`fingerprint` text,
	`commitment` blob NOT NULL,
	PRIMARY KEY(`scope_id`, `sequence`)
);
--> statement-breakpoint
CREATE TABLE `audit_records` (
	`scope_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`salt` blob NOT NULL,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`scope_id`, `sequence`)
);
--> statement-breakpoint
CREATE TABLE `batches` (
	`id` text PRIMARY KEY NOT NULL,
	`letter_id` text NOT NULL,
	`member_id` text NOT NULL,
	`means` text NOT NULL,
	`file_hash` text NOT NULL,
	`state` text NOT NULL,
	`count` integer DEFAULT 0 NOT NULL,
	`held_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`activated_at` integer,
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `batches_by_letter` ON `batches` (`letter_id`);--> statement-breakpoint
CREATE TABLE `blob_chunks` (
	`blob_id` text NOT NULL,
	`number` integer NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`blob_id`, `number`),
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `blobs` (
	`id` text PRIMARY KEY NOT NULL,
	`coalition_id` text NOT NULL,
	`letter_id` text,
	`kind` text NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`sealed` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `coalitions` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`settings` text NOT NULL,
	`log_size` integer DEFAULT 0 NOT NULL,
	`log_frontier` blob,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `coalitions_slug_key` ON `coalitions` (`slug`);--> statement-breakpoint
CREATE TABLE `consents` (
	`signature_id` text NOT NULL,
	`version_id` text NOT NULL,
	`language` text NOT NULL,
	`fingerprint` text NOT NULL,
	`wording` text NOT NULL,
	`given_at` integer NOT NULL,
	PRIMARY KEY(`signature_id`, `version_id`),
	FOREIGN KEY (`signature_id`) REFERENCES `signatures`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`version_id`) REFERENCES `letter_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `form_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `form_drafts_expiry` ON `form_drafts` (`expires_at`);--> statement-breakpoint
CREATE TABLE `instance` (
	`id` text PRIMARY KEY NOT NULL,
	`key_check` blob NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`coalition_id` text NOT NULL,
	`letter_id` text NOT NULL,
	`capacity` text NOT NULL,
	`status` text NOT NULL,
	`organisation_id` text,
	`sealed` blob NOT NULL,
	`address_index` blob,
	`answer` blob,
	`considering_until` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`opened_at` integer,
	`answered_at` integer,
	FOREIGN KEY (`coalition_id`) REFERENCES `coalitions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `invitations_by_letter` ON `invitations` (`letter_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `invitations_address` ON `invitations` (`letter_id`,`address_index`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`key` text,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`run_at` integer NOT NULL,
	`claimed_until` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`last_error` text
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`state`,`run_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_queued_key` ON `jobs` (`key`) WHERE state = 'queued';--> statement-breakpoint
CREATE TABLE `letter_texts` (
	`letter_id` text NOT NULL,
	`language` text NOT NULL,
	`headline` text NOT NULL,
	`subtitle` text DEFAULT '' NOT NULL,
	`addressees` text NOT NULL,
	`cc` text NOT NULL,
	`reference` text DEFAULT '' NOT NULL,
	`salutation` text DEFAULT '' NOT NULL,
	`body` text NOT NULL,
	`closing` text DEFAULT '' NOT NULL,
	`disclaimer` text DEFAULT '' NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL,
	PRIMARY KEY(`letter_id`, `language`),
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`updated_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `letter_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`letter_id` text NOT NULL,
	`number` integer NOT NULL,
	`change` text NOT NULL,
	`frozen_at` integer NOT NULL,
	`frozen_by` text NOT NULL,
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`frozen_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `letter_versions_number_key` ON `letter_versions` (`letter_id`,`number`);--> statement-breakpoint
CREATE TABLE `letters` (
	`id` text PRIMARY KEY NOT NULL,
	`coalition_id` text NOT NULL,
	`slug` text NOT NULL,
	`kind` text NOT NULL,
	`preset` text NOT NULL,
	`status` text NOT NULL,
	`release` text NOT NULL,
	`release_at` integer,
	`names_hidden` integer DEFAULT false NOT NULL,
	`printed_names` integer DEFAULT false NOT NULL,
	`authentic_language` text NOT NULL,
	`date` text,
	`place` text,
	`zone` text NOT NULL,
	`deadline_at` integer,
	`block` text NOT NULL,
	`policies` text NOT NULL,
	`sample` integer DEFAULT false NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`live_version_id` text,
	`organisation_count` integer DEFAULT 0 NOT NULL,
	`person_count` integer DEFAULT 0 NOT NULL,
	`signature_sequence` integer DEFAULT 0 NOT NULL,
	`log_size` integer DEFAULT 0 NOT NULL,
	`log_frontier` blob,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`opened_at` integer,
	`closed_at` integer,
	`delivered_at` integer,
	`withdrawn_at` integer,
	`withdrawn_reason` text,
	`replaced_by` text,
	`deleted_at` integer,
	FOREIGN KEY (`coalition_id`) REFERENCES `coalitions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "letters_counts" CHECK("letters"."organisation_count" >= 0 and "letters"."person_count" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `letters_slug_key` ON `letters` (`slug`);--> statement-breakpoint
CREATE INDEX `letters_by_coalition` ON `letters` (`coalition_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE TABLE `links` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` blob NOT NULL,
	`kind` text NOT NULL,
	`coalition_id` text,
	`invitation_id` text,
	`signing_id` text,
	`sealed` blob,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`coalition_id`) REFERENCES `coalitions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invitation_id`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`signing_id`) REFERENCES `signings`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_token_key` ON `links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `links_by_invitation` ON `links` (`invitation_id`);--> statement-breakpoint
CREATE INDEX `links_by_kind` ON `links` (`kind`,`created_at`);--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`coalition_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`coalition_id`) REFERENCES `coalitions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_person_key` ON `members` (`coalition_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `members_by_person` ON `members` (`person_id`);--> statement-breakpoint
CREATE TABLE `organisations` (
	`id` text PRIMARY KEY NOT NULL,
	`coalition_id` text NOT NULL,
	`name` text NOT NULL,
	`normalised_name` text NOT NULL,
	`acronym` text,
	`country` text,
	`url` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`coalition_id`) REFERENCES `coalitions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organisations_name_key` ON `organisations` (`coalition_id`,`normalised_name`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`coalition_id` text,
	`letter_id` text,
	`invitation_id` text,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`sealed` blob,
	`attempts` integer DEFAULT 0 NOT NULL,
	`run_at` integer NOT NULL,
	`claimed_until` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`last_error` text
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`run_at`);--> statement-breakpoint
CREATE INDEX `outbox_by_invitation` ON `outbox` (`invitation_id`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`email_index` blob NOT NULL,
	`sealed` blob NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_email_key` ON `people` (`email_index`);--> statement-breakpoint
CREATE TABLE `rate_counters` (
	`key` blob NOT NULL,
	`window_start` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`key`, `window_start`)
);
--> statement-breakpoint
CREATE INDEX `rate_counters_window` ON `rate_counters` (`window_start`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` blob NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`proved_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_key` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE TABLE `sign_in_tokens` (
	`token_hash` blob PRIMARY KEY NOT NULL,
	`email_index` blob NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_tokens_email` ON `sign_in_tokens` (`email_index`,`created_at`);--> statement-breakpoint
CREATE TABLE `signatures` (
	`id` text PRIMARY KEY NOT NULL,
	`letter_id` text NOT NULL,
	`signing_id` text NOT NULL,
	`batch_id` text,
	`position` integer NOT NULL,
	`capacity` text NOT NULL,
	`status` text NOT NULL,
	`authority` text,
	`publication` text NOT NULL,
	`organisation_id` text,
	`sealed` blob NOT NULL,
	`address_index` blob,
	`name_index` blob,
	`flags` text NOT NULL,
	`printed_name` text,
	`search_text` text,
	`rank` text,
	`signed_at` integer NOT NULL,
	`listed_at` integer,
	`ended_at` integer,
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`signing_id`) REFERENCES `signings`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`batch_id`) REFERENCES `batches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signatures_position_key` ON `signatures` (`letter_id`,`position`);--> statement-breakpoint
CREATE INDEX `signatures_by_signing` ON `signatures` (`signing_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `signatures_live_organisation_key` ON `signatures` (`letter_id`,`organisation_id`) WHERE capacity = 'organisation' and organisation_id is not null and status in ('pending', 'confirmed', 'listed');--> statement-breakpoint
CREATE UNIQUE INDEX `signatures_live_person_key` ON `signatures` (`letter_id`,`address_index`,`name_index`) WHERE capacity = 'personal' and address_index is not null and name_index is not null and status in ('pending', 'confirmed', 'held', 'listed');--> statement-breakpoint
CREATE TABLE `signings` (
	`id` text PRIMARY KEY NOT NULL,
	`letter_id` text NOT NULL,
	`invitation_id` text,
	`batch_id` text,
	`origin` text NOT NULL,
	`proof` text NOT NULL,
	`sealed` blob NOT NULL,
	`address_index` blob,
	`wording` text NOT NULL,
	`language` text NOT NULL,
	`vouched_by` text,
	`vouched_means` text,
	`vouched_on` text,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invitation_id`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`batch_id`) REFERENCES `batches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`vouched_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `signings_by_invitation` ON `signings` (`invitation_id`);--> statement-breakpoint
CREATE INDEX `signings_by_letter` ON `signings` (`letter_id`);--> statement-breakpoint
CREATE TABLE `version_texts` (
	`version_id` text NOT NULL,
	`language` text NOT NULL,
	`authentic` integer NOT NULL,
	`canonical` text NOT NULL,
	`fingerprint` text NOT NULL,
	`reference` text DEFAULT '' NOT NULL,
	`cc` text NOT NULL,
	`frozen_at` integer NOT NULL,
	PRIMARY KEY(`version_id`, `language`),
	FOREIGN KEY (`version_id`) REFERENCES `letter_versions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `version_texts_fingerprint` ON `version_texts` (`fingerprint`);