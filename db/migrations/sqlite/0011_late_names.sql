ALTER TABLE `invitations` ADD `late_from` integer;--> statement-breakpoint
ALTER TABLE `letters` ADD `addendum_organisation_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `letters` ADD `addendum_person_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `signatures` ADD `addendum` text;